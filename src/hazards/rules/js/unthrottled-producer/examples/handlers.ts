import { connect } from 'amqplib';
import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [] });
const producer = kafka.producer();
const channel = await (await connect('amqp://localhost')).createChannel();

await kafka.consumer({ groupId: 'orders' }).run({
  eachMessage: async ({ message }) => {
    producer.send({ topic: 'copies', messages: [{ value: message.value }] }); // want medium: send per message, result ignored
    channel.sendToQueue('copies', Buffer.from(String(message.value))); // want medium: send per message, result ignored
  },
});
