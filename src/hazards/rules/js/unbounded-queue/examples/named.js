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
