const amqp = require('amqplib');

class Broker {
  async start(channel, queue) {
    await channel.consume(queue, (message) => this.deliver(message)); // want low: no prefetch
    await channel.consume(queue, (message) => this.deliver(message), { noAck: true }); // want medium: no prefetch
  }
}
