function Output() {
  this.pending = []; // want low: array grows per call
  this.recentLines = [];
  this.offlineQueue = []; // want low: array grows per call
  this.timedBuffer = [];
  this.queue = [];
  setInterval(() => this.flush(), 1000);
}

Output.prototype.process = function (line) {
  this.pending.push(line);
  this.recentLines.push(line); // nothing
  this.timedBuffer.push(line); // nothing
};

Output.prototype.send = function () {
  this.offlineQueue.push({ message: arguments[0] });
};

Output.prototype.ask = function (question) {
  return new Promise((resolve, reject) => {
    this.queue.push({ question, resolve, reject }); // nothing
  });
};

Output.prototype.connected = function () {
  this.pending.forEach((line) => this.write(line));
  this.pending = [];
  for (const each of this.offlineQueue) this.write(each.message);
  this.write(this.recentLines.shift());
  this.answer(this.queue.shift());
};

Output.prototype.flush = function () {
  this.write(this.timedBuffer.join(''));
  this.timedBuffer = [];
};

class Rooms {
  rooms = {};

  add(event, room) {
    this.rooms[room] ??= { events: [], running: false }; // want low: array grows per call
    const { rooms } = this;
    if (!rooms[room].running) {
      rooms[room].events.push(event);
    }
  }

  next(room) {
    const events = this.rooms[room].events;
    return events.shift();
  }
}
