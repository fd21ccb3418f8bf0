const amqp = require('amqplib');

async function consume(channel) {
  await channel.prefetch(50);
  await channel.consume('orders', (message) => {
    work(channel, message); // bounded: prefetch
  });
}

async function work(channel, message) {
  await store(message.content);
  channel.ack(message);
}
