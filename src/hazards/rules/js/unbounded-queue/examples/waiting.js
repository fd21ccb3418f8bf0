const held = Symbol('held');
const readyToSend = Symbol('readyToSend');

class Logger {
  constructor() {
    this[held] = [];
    this[readyToSend] = []; // want low: array grows per call
  }

  flush() {
    this[readyToSend].push(this[held]);
    this[held] = [];
    this.sendNext();
  }

  sendNext() {
    post(this[readyToSend].shift(), () => this.sendNext());
  }
}

class Agent {
  constructor() {
    this.free = [];
    this.waitingForSocket = []; // want low: array grows per call
    this.readyListeners = [];
  }

  createConnection(options, callback) {
    const socket = this.free.shift();
    if (socket) callback(null, socket);
    else this.waitingForSocket.push(callback);
  }

  onSocket(socket) {
    const next = this.waitingForSocket.shift();
    if (next) next(null, socket);
    else this.free.push(socket);
  }

  whenReady(callback) {
    this.readyListeners.push(callback); // nothing
  }

  ready() {
    for (const each of this.readyListeners) each();
    this.readyListeners = [];
  }
}

class Store {
  constructor() {
    this.toWrite = [];
    this.writeQueue = []; // want low: array grows per call
    this.tasksWaitingForConnect = []; // want low: array grows per call
  }

  save(id, task) {
    const put = () => {
      this.writeQueue.push(id);
      this.writeNext();
    };
    if (!this.connected) this.tasksWaitingForConnect.push(task);
    else rank(task, put);
  }

  connect() {
    for (let i = 0; i < this.tasksWaitingForConnect.length; i++) this.save(i, this.tasksWaitingForConnect[i]);
    this.tasksWaitingForConnect = [];
  }

  writeNext() {
    write(this.writeQueue.shift(), () => this.writeNext());
  }
}

class Frame {
  constructor() {
    this.writes = [];
  }

  writeBody(chunk, encoding, done) {
    this.writes.push({ chunk, encoding, done }); // nothing
  }

  next() {
    return this.writes.shift();
  }
}

const worlds = new Map();

const addUpdate = (updateQueue, update) => {
  updateQueue.push(update);
};

function worldOf(name) {
  if (!worlds.has(name)) worlds.set(name, { updateQueue: [] }); // want low: array grows per call
  return worlds.get(name);
}

function tick() {
  for (const { updateQueue } of worlds.values()) apply(updateQueue.shift());
}

function protect(client, period) {
  /** @type {any[]} */
  const commandQueue = []; // want low: array grows per call
  const send = client.send;
  client.send = function () {
    commandQueue.push(arguments);
  };
  setInterval(() => send.apply(client, commandQueue.shift()), period);
}

class Requests {
  constructor() {
    this.requestQueue = [];
  }

  ask(request) {
    const answer = defer();
    this.requestQueue.push([request, answer]); // nothing
    return answer.promise;
  }

  next() {
    return this.requestQueue.shift();
  }
}

function paced(node) {
  const batch = { "messages": [] }; // want low: array grows per call
  node.input = function (message) {
    if (batch.timer) batch.messages.push(message);
    else batch.timer = setInterval(() => node.send(batch.messages.shift()), 1000);
  };
}

const requestQueue = [];

function ask(command) {
  return new Promise((resolve, reject) => {
    const request = { command, resolve, reject };
    requestQueue.push(request); // nothing
  });
}

const answerNext = () => requestQueue.shift().resolve();

class Agent2 {
  constructor() {
    this.requests = [];
  }

  identities(type, callback) {
    this.requests.push({ type, callback }); // nothing
  }

  answered(error) {
    this.requests.shift().callback(error);
  }
}

class Session {
  constructor() {
    this.socketQueue = []; // want low: array grows per call
    this.frameQueue = [];
  }

  send(message) {
    this.socketQueue.push(encode(message));
    if (this.socket.readyState === 1) {
      while (this.socketQueue.length) this.socket.send(this.socketQueue.shift());
    }
  }

  frame(message) {
    this.frameQueue.push(encode(message)); // nothing
    while (this.frameQueue.length) this.socket.send(this.frameQueue.shift());
  }
}

Consumed.prototype._read_batch = function (size) {
  const self = this;
  if (self.pending.length) return self.push(self.pending.shift());
  function onBatch(error, messages) {
    for (const each of messages) self.pending.push(each); // nothing
  }
  this.consumer.consume(size, onBatch);
};

function Consumed() {
  this.pending = [];
}
