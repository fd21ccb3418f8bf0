const net = require('net');

class CrawlerQueue {
  constructor() {
    this.visitedUrls = new Set();
    this.openRequests = new Map();
    this.recentHosts = new Map();
    this.requestHandlers = {};
    this.results = [];
    this.lastSeen = {};
    this.rooms = {};
    this.handled = {};
  }

  handle(request) {
    const url = request.url;
    this.visitedUrls.add(url); // want low: kept per call
    this.openRequests.set(request.id, request); // nothing
    if (this.recentHosts.size > 1000) this.recentHosts.clear();
    this.recentHosts.set(request.host, Date.now()); // nothing
    if (this.busy) return;
    this.lastSeen[request.address] = Date.now(); // want low: kept per call
    this.results.push({ id: request.id, body: request.body }); // nothing
    this.rooms[request.roomId] = request; // nothing
    this.handled[request.id] = true; // want low: kept per call
  }

  answered(id) {
    this.openRequests.delete(id);
  }

  addRequestHandler(url, handler) {
    this.requestHandlers[url] = handler; // nothing
  }

  start(urls) {
    for (const url of urls) this.note(url);
  }

  note(url) {
    this.lastSeen[url] = 0; // nothing
  }
}

class UrlParser {
  constructor() {
    this.seenUrls = new Set();
  }

  read(url) {
    this.seenUrls.add(url); // nothing
  }
}

const makeStore = (events) => {
  const presences = {};
  const seen = {};
  const mine = {};
  events.on('presence', (user) => {
    presences[user.id] = user; // nothing
    seen[user.id] = true; // want low: kept per call
    const sessions = {};
    sessions[user.id] = user; // nothing
  });
  return { presences, seen, mine };
};

function sessionsOf(store, done) {
  const sessions = {};
  store.cursor.onsuccess = (session) => {
    sessions[session.sessionId] = session; // nothing
  };
  store.cursor.onend = () => done(sessions);
}

module.exports = { sessionsOf, CrawlerQueue, UrlParser, makeStore, net };
