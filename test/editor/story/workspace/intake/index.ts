import amqp from 'amqplib';
import { Kafka, logLevel } from 'kafkajs';

const orders = process.env.ORDERS_TOPIC ?? 'orders';

/** Takes orders in and hands each on to be paid. */
const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKERS ?? ''], logLevel: logLevel.NOTHING });
const consumer = kafka.consumer({ groupId: 'intake' });
const rabbit = await amqp.connect(process.env.RABBITMQ_URL ?? '');
const channel = await rabbit.createChannel();
await channel.assertQueue('payments', { durable: true });

await consumer.connect();
await consumer.subscribe({ topic: orders, fromBeginning: true });
await consumer.run({
  eachMessage: ({ message }) => {
    channel.sendToQueue('payments', message.value ?? Buffer.alloc(0));
    return Promise.resolve();
  },
});
