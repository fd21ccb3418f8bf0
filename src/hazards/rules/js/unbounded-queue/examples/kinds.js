import EventEmitter, { on } from 'node:events';

export class Requests {
  constructor(channel, source) {
    this.requests = []; // want low: array grows per call
    this.offline = new Denque(); // want low: array grows per call
    this.messages = []; // want low: array grows per call
    this.most = 5;
    channel.consume('jobs', (message) => this.messages.push(message));
    source.map((each) => this.messages.unshift(each)); // nothing
  }

  log(request) {
    this.requests.push(request);
    if (this.running) return;
    if (this.requests.length >= this.threshold()) this.run();
  }

  run() {
    this.send(this.requests.splice(0, this.threshold()));
    if (this.requests.length >= this.threshold()) this.run();
  }

  keep(command) {
    this.offline.push(command);
  }

  opened() {
    while (this.offline.length > 0) this.send(this.offline.shift());
  }

  next() {
    return this.messages.shift();
  }
}

export class Limited {
  constructor() {
    this.steps = [];
  }

  add(step) {
    if (this.steps.length >= 100) throw new Error('full');
    this.steps.push(step); // bounded: steps.length >= 100
  }

  next() {
    return this.steps.shift();
  }
}

export class Pool {
  spares = [];

  give(connection) {
    this.spares.push(connection); // nothing
  }

  take() {
    return this.spares.shift();
  }
}

export async function serve(socket) {
  for await (const [message] of on(socket, 'message')) await handle(message); // want low: array grows per message
  for await (const [message] of on(socket, 'message')) count(message); // nothing
  for await (const [error] of EventEmitter.on(socket, 'close')) await told(error); // nothing
}
