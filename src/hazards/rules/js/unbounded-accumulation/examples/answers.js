class Caller {
  constructor(socket) {
    this.socket = socket;
    this.calls = {};
    this.names = new Map();
    socket.onmessage = (message) => this.answered(JSON.parse(message.data));
  }

  ask(question) {
    return new Promise((resolve, reject) => {
      const requestId = this.nextId();
      this.calls[requestId] = { resolve, reject }; // want low: kept per call
      this.names.set(requestId, question.name); // nothing
      this.socket.send(JSON.stringify({ requestId, question }));
    });
  }

  answered({ requestId, answer }) {
    this.calls[requestId].resolve(answer);
    delete this.calls[requestId];
    this.names.delete(requestId);
  }
}

module.exports = { Caller };
