const amqp = require('amqplib/callback_api');

function start(channel) {
  channel.qos(100);
  channel.consume('orders', (message) => channel.ack(message)); // bounded: qos
}
