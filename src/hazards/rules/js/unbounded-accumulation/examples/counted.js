const { EventEmitter } = require('events');

class LatencyMonitor extends EventEmitter {
  constructor(socket) {
    super();
    this.socket = socket;
    this.nextId = 0;
    this.asked = {};
    this.answered = {};
    this.visited = {};
    this.cache = new Map();
  }

  sendQuestion() {
    this.asked[this.nextId] = Date.now(); // want low: kept per call
    this.answered[this.nextId] = Date.now(); // nothing
    this.socket.emit('question', this.nextId);
    this.nextId++;
  }

  receiveAnswer(id) {
    this.emit('latency', Date.now() - this.asked[id]);
    delete this.answered[id];
  }

  crawl(url) {
    this.visited[url] = true; // want low: kept per call
  }

  forgetVisited() {
    this.visited = {};
  }

  certificateFor(serverName, make) {
    const known = this.cache;
    let certificate = known.get(serverName);
    if (!certificate) {
      certificate = make(serverName);
      known.set(serverName, certificate); // want low: kept per call
    }
    return certificate;
  }
}

module.exports = { LatencyMonitor };
