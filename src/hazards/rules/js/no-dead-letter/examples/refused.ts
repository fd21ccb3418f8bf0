import { connect } from 'amqplib';

export async function start(channel: Channel) {
  await channel.assertQueue('orders', { durable: true }); // want low: refused messages are lost
  await channel.consume('orders', (message) => channel.nack(message, false, false));
  await channel.assertExchange('all', 'fanout'); // nothing
}
