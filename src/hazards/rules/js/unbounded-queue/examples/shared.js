module.exports = function appender(config) {
  /** @type {any[]} */
  const buffer = []; // want low: array grows per call
  const names = [];
  const results = [];

  function log(event) {
    buffer.push(event);
    names.push(event); // nothing
    results.push(event); // nothing
  }

  function connected(socket) {
    while (buffer.length > 0) socket.write(buffer.shift());
    return results.map((each) => each.name);
  }

  return { log, connected };
};

class Channel {
  stream() {
    /** @type {any[]} */
    const queue = []; // want low: array grows per call
    const once = [];
    this.client.on('privmsg', (event) => {
      queue.push(event);
    });
    this.client.on('close', (event) => {
      once.push(event); // nothing
    });
    return new Readable({
      read() {
        this.push(queue.shift() ?? once.shift());
      },
    });
  }

  walk(root) {
    const queue = [];
    root.children.forEach((each) => queue.push(each)); // nothing
    while (queue.length > 0) queue.shift().visit();
  }
}

const bufferedPeer = (transport) => {
  let buffer = [];
  let spare = [];
  let peer;
  const self = new Stream();
  transport.connect((connected) => {
    peer = connected;
    buffer.forEach((each) => peer.write(each));
    buffer = [];
    spare.forEach((each) => peer.write(each));
    spare = [];
  });
  self.write = function write(message) {
    if (!peer) buffer.push(message);
    else peer.write(message);
  };
  self.keep = (message) => {
    spare.push(message); // nothing
  };
  return self;
};
