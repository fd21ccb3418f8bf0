const { Writable } = require('stream');

class LogStream extends Writable {
  constructor(client) {
    super({ objectMode: true });
    this.client = client;
    this.queuedLogs = []; // want low: array grows per call
    this.queuedRows = [];
  }

  _write(record, encoding, callback) {
    this.queuedLogs.push(record);
    setTimeout(this.sendLogs.bind(this), 1000);
    callback();
  }

  write(row, encoding, callback) {
    this.queuedRows.push(row); // nothing
    this.sendRows(callback);
  }

  sendLogs() {
    this.client.send(this.queuedLogs.map(String));
    this.queuedLogs = [];
  }

  sendRows(callback) {
    this.client.send(this.queuedRows.shift(), callback);
  }
}

module.exports = { LogStream };
