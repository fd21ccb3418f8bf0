const amqp = require('amqplib');

class Orders {
  async open(url) {
    this.channel = await (await amqp.connect(url)).createChannel();
    this.channel.sendToQueue('opened', Buffer.from(url)); // nothing
  }

  publish(order) {
    const body = Buffer.from(JSON.stringify(order));
    this.channel.publish('orders', order.region, body); // want low: send per call, result ignored
  }

  reply(answer, queue) {
    this.channel.sendToQueue(queue, answer); // nothing
  }

  offer(order) {
    return this.channel.publish('orders', '', Buffer.from(order)); // nothing
  }
}
