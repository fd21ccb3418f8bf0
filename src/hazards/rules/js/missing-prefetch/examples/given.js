const amqp = require('amqplib');

class Consumer {
  constructor(options) {
    this.options = { prefetchCount: 10, ...options };
  }

  async start(channel) {
    if (this.options.prefetchCount) channel.prefetch(this.options.prefetchCount);
    await channel.consume('orders', (message) => this.handle(message)); // bounded: prefetch
  }
}
