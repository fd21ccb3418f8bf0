import { connect } from 'amqplib';

const channel = await (await connect('amqp://localhost')).createChannel();

await channel.consume('orders', (message) => { // want high: no prefetch
  if (message) channel.ack(message);
});

await channel.consume('orders', handle, { noAck: true }); // want medium: no prefetch

await channel.consume('amq.rabbitmq.reply-to', handle, { noAck: true }); // nothing
await channel.consume(replyTo, handle); // nothing
