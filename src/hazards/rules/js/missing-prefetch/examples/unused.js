const amqp = require('amqplib');

class Pump {
  constructor(settings) {
    this.settings = { prefetchCount: 1000, ...settings };
  }

  async start() {
    const channel = await this.connection.createChannel();
    return channel.consume('orders', (message) => this.pump(channel, message)); // want high: no prefetch
  }
}
