class Lines {
  constructor(lines, file) {
    this.lines = lines;
    this.file = file;
  }

  async setup() {
    this.lines.on('data', (line) => {
      this.encoder.write(this.socket); // nothing
      this.lineBuffer.write(line, 0, line.length, 'utf8'); // nothing
      this.file.write(line); // want low: write per chunk, result ignored
    });
  }

  write(content) {
    return new Promise((resolve) => {
      if (this.lines.write(content)) resolve();
      else this.lines.once('drain', resolve);
    });
  }
}

class Dialogue {
  write(command) {
    return this.socket.write(command);
  }

  open(socket, user) {
    socket.on('data', (chunk) => {
      if (chunk.includes('+OK')) socket.write(`login ${user}\n`); // nothing
      socket.write(`${chunk}\n`); // want low: write per chunk, result ignored
      this.write(chunk); // nothing
    });
  }
}

class Table {
  constructor(file) {
    this.file = file;
  }

  copy(rows) {
    rows.on('data', (row) => {
      this.file.write(row); // bounded: drain
    });
    this.file.on('drain', () => rows.resume());
  }
}

const { Statistics } = require('./statistics');

class Client {
  constructor() {
    this.socket = new Statistics();
    this.ws = new WebSocket(url);
  }

  count(name) {
    this.socket.send(name + ':1'); // nothing
  }

  tell(message) {
    this.ws.send(message, message.isBinary, message.isLarge); // nothing
    this.ws.send(message, { binary: true }, failed('tell')); // want low: written as it comes, result ignored
  }
}
