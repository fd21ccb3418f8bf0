const { Duplex } = require('node:stream');

class Held extends Duplex {
  constructor(socket) {
    super();
    socket.on('message', (message) => {
      if (!this.push(message.data)) socket.pause();
    });
  }

  handle(message) {
    return this.push(message.data); // bounded: this.push(
  }

  _read() {}
}
