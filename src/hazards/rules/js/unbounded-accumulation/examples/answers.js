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

  tell(request, callback) {
    this.calls[request.id] = callback; // want low: kept per call
    this.socket.send(JSON.stringify(request));
  }

  answered({ requestId, answer }) {
    this.calls[requestId].resolve(answer);
    delete this.calls[requestId];
    this.names.delete(requestId);
  }
}

class Connection {
  constructor(socket) {
    this.socket = socket;
    this.asked = {};
    socket.on('close', () => {
      for (const call of Object.values(this.asked)) call.reject(new Error('closed'));
    });
  }

  ask(question) {
    return new Promise((resolve, reject) => {
      const requestId = this.nextId();
      this.asked[requestId] = { resolve, reject }; // nothing
      this.socket.send(JSON.stringify({ requestId, question }));
    });
  }

  answered({ requestId, answer }) {
    this.asked[requestId].resolve(answer);
    delete this.asked[requestId];
  }
}

module.exports = { Caller, Connection };
