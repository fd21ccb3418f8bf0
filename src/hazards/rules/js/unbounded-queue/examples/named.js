class Inbox {
  maxQueue = 100;
  queue = [];

  deliver(message) {
    if (this.isFull()) return;
    this.queue.push(message); // bounded: maxQueue
  }

  isFull() {
    return this.size() >= this.maxQueue;
  }

  next() {
    return this.queue.shift();
  }
}

class Sender {
  constructor(options) {
    this.most = options.most || 0;
    this.held = []; // want low: array grows per call
    this.unsent = []; // want low: array grows per call
    this.unlimited = []; // want low: array grows per call
    this.limited = [];
    this.greatest = options.greatest || 1000;
  }

  log(event) {
    if (this.most && this.unlimited.length >= this.most) this.unlimited.shift();
    this.unlimited.push(event);
    if (this.greatest && this.limited.length >= this.greatest) this.limited.shift();
    this.limited.push(event); // bounded: limited.length >= this.greatest
    this.held.unshift(event);
    return this.unsent.push(event);
  }

  drain() {
    this.write(this.unlimited.shift(), this.limited.shift());
    const swap = [this.unsent, []];
    this.unsent = swap[1];
    this.write(swap[0]);
    for (const each of this.held) this.write(each);
    this.held = [];
  }
}

class Transport {
  writeBuffer = []; // want low: array grows per call
  cleanupFns = []; // nothing
  spansQueue = []; // nothing
  frames = []; // nothing

  constructor(options) {
    this.maxHttpBufferSize = options.maxHttpBufferSize;
  }

  sendPacket(packet) {
    this.writeBuffer.push(packet);
    this.cleanupFns.push(() => packet.free());
    this.spansQueue.push(packet);
    this.frames.push(packet);
  }

  flush() {
    const all = this.writeBuffer;
    this.writeBuffer = [];
    this.transport.send(all);
    this.cleanupFns.shift()?.();
    this.report(this.spansQueue.map((each) => each.text));
    this.spansQueue = [];
    for (const frame of this.frames) this.report(frame);
    this.frames = [];
  }
}

const defaults = { maxEnqueuedMessages: Infinity };

class Reconnecting {
  messageQueue = []; // want low: array grows per call

  send(data) {
    const { maxEnqueuedMessages = defaults.maxEnqueuedMessages } = this.options;
    if (this.messageQueue.length < maxEnqueuedMessages) this.messageQueue.push(data);
  }

  opened() {
    this.messageQueue.forEach((data) => this.socket.send(data));
    this.messageQueue = [];
  }
}

class Encoder {
  openTags = [];

  encode(frame, value) {
    frame.buffer = [];
    frame.buffer.push(value); // nothing
    this.openTags.unshift(value); // nothing
    return new Promise((resolve) => this.queued.push({ resolve })); // nothing
  }

  end(frame) {
    const text = frame.buffer.map(String).join('');
    frame.buffer = [];
    this.openTags.shift();
    this.queued.shift().resolve();
    return text;
  }
}
