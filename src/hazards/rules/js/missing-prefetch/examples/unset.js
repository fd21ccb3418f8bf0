const amqp = require('amqplib');

class Consumer {
  async start(options) {
    const channel = await this.connection.createChannel();
    if (typeof options.prefetchCount === 'number') {
      await channel.prefetch(options.prefetchCount);
    }
    await channel.consume(options.queue, (message) => this.handle(message, channel)); // want low: no prefetch
  }
}
