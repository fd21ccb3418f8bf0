const WebSocket = require('ws');

class Output {
  start() {
    this.bus.on('parsed', this.handle.bind(this));
  }

  stop() {
    this.bus.removeListener('parsed', this.handle);
  }

  handle(entry) {
    return this.stream.write(JSON.stringify(entry)); // want low: written as it comes, result ignored
  }

  append(entry) {
    return this.stream.write(JSON.stringify(entry)); // nothing
  }
}

class Changed {
  constructor(filter, response) {
    this.write = function (chunk) {
      filter.change(chunk, (error, chunk) => {
        if (chunk) return response.write(chunk); // want low: written as it comes, result ignored
      });
      return true;
    };
  }

  ask(name) {
    this.store.get(name, (error, body) => {
      return this.socket.write(body); // nothing
    });
  }
}

class Client {
  constructor(socket) {
    this.serializer = createSerializer();
    this.serializer.pipe(socket);
    this.protobuf = createWriter();
  }

  write(name, params) {
    this.serializer.write({ name, params }); // want low: written as it comes, result ignored
    this.protobuf.write(params); // nothing
  }
}

function join(upstream, client) {
  upstream.onmessage = (event) => {
    client.readyState === 1 && client.send(event.data); // want low: written as it comes, result ignored
  };
  client.onmessage = (event) => {
    if (upstream.bufferedAmount < 65536) upstream.send(event.data);
  };
}

const net = require('node:net');

function intercept(upstream, client) {
  upstream.on('data', (data) => {
    Promise.resolve(change(data)).then((changed) => client.write(changed)); // want low: write per chunk, result ignored
  });
}

function bind(first, second) {
  const byHand = () => {
    first.on('data', (chunk) => second.write(chunk)); // nothing
  };
  first.pipe(second);
}
