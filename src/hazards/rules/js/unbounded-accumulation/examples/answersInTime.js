class Caller {
  calls = new Map();

  ask(question) {
    return new Promise((resolve, reject) => {
      const requestId = this.nextId();
      this.calls.set(requestId, { resolve, reject }); // nothing
      setTimeout(() => this.calls.delete(requestId) && reject(new Error('no answer')), 5000);
      this.socket.send(JSON.stringify({ requestId, question }));
    });
  }
}

module.exports = { Caller };
