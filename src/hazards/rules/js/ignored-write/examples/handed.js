const WebSocket = require('ws');
const fs = require('fs');

function Output(address) {
  this.ws = new WebSocket(address);
  this.stream = fs.createWriteStream('lines');
}

Output.prototype.process = function (line) {
  this.ws.send(JSON.stringify(line)); // want low: written as it comes, result ignored
  this.stream.write(line + '\n'); // want low: written as it comes, result ignored
};

Output.prototype.reply = function (answer) {
  this.ws.send(answer); // nothing
};

Output.prototype.start = function (name) {
  this.ws.send(name); // nothing
};

Output.prototype.pass = function (line, callback) {
  this.stream.write(line, callback); // bounded: callback
};

Output.prototype.saved = function (line) {
  return new Promise((resolve) => {
    this.stream.write(line, () => resolve()); // bounded: resolve
  });
};

exports.listen = (bus, ws) => {
  bus.on('order', (order) => ws.send(order)); // want low: written as it comes, result ignored
  bus.on('ready', (version) => ws.send(version)); // nothing
};

exports.deliver = (ws, frame) => {
  if (ws.readyState !== 1) return;
  ws.send(frame, (error) => error && ws.close()); // want low: written as it comes, result ignored
};

class Peer {
  say() {
    const words = encode(arguments);
    this.socket.write(words); // want low: written as it comes, result ignored
  }

  sayHello() {
    const words = encode(this.name);
    this.socket.write(words); // nothing
  }

  update(message) {
    const ackMessage = encode(message.number);
    this.socket.write(ackMessage); // nothing
  }

  page(html, response) {
    response.setHeader('Content-Type', 'text/html');
    response.write(html); // nothing
  }

  call(frame) {
    return new Promise((resolve) => {
      this.calls.set(frame.number, { resolve });
      this.socket.write(frame.bytes); // nothing
    });
  }
}

class Transit {
  _handleStreamReply(chunk, stream) {
    stream.write(chunk); // want low: written as it comes, result ignored
  }

  send(packet) {
    const frame = encode(packet);
    const now = () => {
      this.socket.write(frame); // want low: written as it comes, result ignored
    };
    if (this.connected) now();
    else this.once('connect', now);
  }
}

exports.serve = (self, socket, server) => {
  self.bus.on('order', (order) => socket.write(order)); // want low: written as it comes, result ignored
  self.bus.on('question', (question) => {
    server.call(question, (error, body) => socket.write(body)); // nothing
  });
  socket.on('data', (message) => {
    const ack = message.accept();
    socket.write(ack); // nothing
    server.log.write(message);
  });
};

class Log {
  log(line) {
    this.socket.write(line, 'utf8', onError); // want low: written as it comes, result ignored
    this.socket.write(line, 'utf8', onWritten); // bounded: onWritten
  }
}
