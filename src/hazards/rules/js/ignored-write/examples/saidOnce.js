const net = require('net');

class Client {
  connect() {
    this.socket = net.connect(this.port);
    this.socket.on('data', (chunk) => this.take(chunk));
  }

  take(chunk) {
    if (asks(chunk)) this.sendAuth(chunk);
    else if (isPage(chunk)) this.socket.write(Buffer.from('20', 'hex')); // nothing
    else this.answer(chunk);
  }

  sendAuth(chunk) {
    this.socket.write(this.proofFor(chunk)); // nothing
  }

  answer(chunk) {
    this.socket.write(this.answerTo(chunk)); // want low: write per chunk, result ignored
  }
}

function tell(clients, text, old) {
  for (const socket of clients) socket.send(text); // want medium: sent to all, however slow
  for (const socket of clients) socket.send('reload'); // nothing
  for (const socket of clients) socket.send(old ? 'reload' : 'refresh'); // nothing
  for (const socket of clients) {
    socket.leave(old);
    socket.send(text); // nothing
  }
}

function piped(chunk, source) {
  const e = new EventEmitter();
  e.pipe = (stream) => {
    e.on('data', (piece) => {
      stream.write(piece); // nothing
    });
  };
  setImmediate(() => {
    e.emit('data', chunk);
    e.emit('end');
  });
  const each = new EventEmitter();
  each.pipe = (stream) => {
    each.on('data', (piece) => {
      stream.write(piece); // want low: write per chunk, result ignored
    });
  };
  source.read((piece) => each.emit('data', piece));
  return [e, each];
}
