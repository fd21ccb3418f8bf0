const amqp = require('./client');

class Worker {
  setUp() {
    const prefetch = Math.max(...this.consumers.map((each) => each.prefetch));
    if (prefetch > 0)
      this.client.addSetup(async (channel) => {
        await channel.prefetch(prefetch);
      });
  }

  consume(queue, handler) {
    return this.client.consume(queue, async (message) => { // want low: no prefetch
      await handler(message);
      this.client.ack(message);
    });
  }
}
