const docs = new Map();
const known = new Map();
const byName = {};

class Tracker {
  constructor() {
    this.swarms = {};
    this.sockets = {};
    this.few = new Map();
  }

  listen(socket) {
    socket.infoHashes = [];
    socket.on('message', (message) => this.handle(socket, JSON.parse(message)));
  }

  handle(socket, params) {
    socket.infoHashes.push(params.infoHash); // nothing
    this.createSwarm(params.infoHash);
    this.sockets[params.peerId] = socket; // nothing
    if (this.few.size < 1000) this.few.set(params.peerId, socket); // nothing
    openDoc(params.docName);
  }

  createSwarm(infoHash) {
    process.nextTick(() => {
      const swarm = (this.swarms[infoHash] = new Swarm(infoHash)); // want low: kept per call
      swarm.start();
    });
  }

  leave(peerId) {
    delete this.sockets[peerId];
  }

  setUrl(url) {
    this.options = {};
    this.options[url] = true; // nothing
  }
}

function openDoc(docName) {
  docs.set(docName, new Doc(docName)); // want medium: kept per message
  byName[docName.length] = docName; // nothing
}

for (const docName of ['a', 'b']) known.set(docName, new Doc(docName)); // nothing
