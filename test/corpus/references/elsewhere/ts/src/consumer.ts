import amqp from 'amqplib';
import { Kafka } from 'kafkajs';
import { all, changed, flags, Groups, ORDERS as orders, outer, Topics } from './topics.js';
import * as topics from './topics';
import { orders as again, STOCK, topics as whole } from './names';
import { around } from './circle';
import { target } from './twice';
import settings from './settings';
import { absent } from './absent';
const { LEGACY } = require('./config');
const config = require('./config');

export async function main(stock: string) {
  const kafka = new Kafka({ brokers: [] });
  const consumer = kafka.consumer({ groupId: Groups.Billing });
  await consumer.subscribe({ topic: orders }); // consume kafka shop.orders / billing constant of src/topics.ts:3, src/topics.ts:6
  await consumer.subscribe({ topics: [Topics.refunds, Topics.mail.sent] }); // consume kafka refunds / billing constant of src/topics.ts:4, src/topics.ts:6; consume kafka mail-sent / billing constant of src/topics.ts:4, src/topics.ts:6
  await consumer.subscribe({ topics: all }); // consume kafka parcels / billing constant of src/topics.ts:8, src/topics.ts:6; consume kafka letters / billing constant of src/topics.ts:8, src/topics.ts:6
  const producer = kafka.producer();
  await producer.send({ topic: topics.ORDERS, messages: [] }); // produce kafka shop.orders constant of src/topics.ts:3
  await producer.send({ topic: again, messages: [] }); // produce kafka shop.orders constant of src/topics.ts:3
  await producer.send({ topic: whole.flags.audit, messages: [] }); // produce kafka audit constant of src/topics.ts:9
  await producer.send({ topic: flags['audit'], messages: [] }); // produce kafka audit constant of src/topics.ts:9
  await producer.send({ topic: STOCK, messages: [] }); // produce kafka stock constant of src/names/stock.ts:1
  await producer.send({ topic: `${STOCK}.${stock}`, messages: [] }); // produce kafka stock.* template of src/names/stock.ts:1
  await producer.send({ topic: outer, messages: [] }); // produce kafka renamed constant of src/topics.ts:11
  await producer.send({ topic: changed, messages: [] }); // produce kafka changes config of src/topics.ts:10
  await producer.send({ topic: LEGACY, messages: [] }); // produce kafka legacy constant of src/config.js:1
  await producer.send({ topic: config.kafka.topic, messages: [] }); // produce kafka old-orders constant of src/config.js:2
  await producer.send({ topic: target, messages: [] }); // produce kafka ? unknown of left in src/twice.ts:1, right in src/twice.ts:2
  await producer.send({ topic: around, messages: [] }); // produce kafka ? unknown
  await producer.send({ topic: absent, messages: [] }); // produce kafka ? unknown
  const channel = await (await amqp.connect('')).createChannel();
  await channel.consume(settings.queue, () => undefined); // consume rabbitmq tasks constant of src/settings.ts:1
}

export async function handOn(channel: amqp.Channel, ORDERS: string) {
  channel.sendToQueue(ORDERS, Buffer.of()); // produce rabbitmq ? unknown
}
