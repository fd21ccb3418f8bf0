import { connect } from 'amqplib';

export async function start(channel: Channel) {
  await channel.assertQueue('orders', { deadLetterExchange: 'refused' }); // bounded: deadLetterExchange
  await channel.consume('orders', (message) => channel.reject(message, false));
}
