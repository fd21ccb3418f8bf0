const { Duplex } = require('node:stream');

class Tunnel extends Duplex {
  constructor(socket) {
    super();
    socket.on('message', (message) => {
      if (this.open) {
        return this.push(message.data); // want low: write per message, result ignored
      }
    });
  }

  _read() {}
}

class Transport {
  send(data) {
    this.socket.send(data, this.onSent); // want low: written as it comes, result ignored
  }

  onSent(error) {
    if (error) this.emit('error', error);
    this.emit('drain');
  }
}
