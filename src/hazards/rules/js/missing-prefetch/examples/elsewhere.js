const Base = require('./base');

class Service extends Base {
  async start() {
    const channel = await this.createChannel();
    channel.consume(this.queue, async (message) => { // want low: no prefetch
      await this.handle(message);
      channel.ack(message);
    });
    channel.consume(this.answers, (message) => { // nothing
      this.asked.get(message.properties.correlationId).resolve(message);
      channel.ack(message);
    });
    this.channel.consume(this.queue, async (message) => { // nothing
      await this.handle(message);
      this.channel.ack(message);
    });
    const replies = this.replyQueue;
    channel.consume(this.replyQueue, async (message) => await this.resolve(message)); // nothing
    this.reader.consume(replies, async (message) => await this.handle(message)); // nothing
  }
}
