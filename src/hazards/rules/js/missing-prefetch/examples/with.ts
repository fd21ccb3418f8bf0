import { connect } from 'amqplib';

export async function start() {
  const channel = await (await connect('amqp://localhost')).createChannel();
  await channel.prefetch(50);
  await channel.consume('orders', handle); // bounded: prefetch
  await channel.consume('orders', handle, { noAck: true }); // want medium: no prefetch
}
