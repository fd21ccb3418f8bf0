import { Kafka } from 'kafkajs';
import { connect } from 'amqplib';
import { Worker, Queue } from 'bullmq';
import { InjectQueue, Processor } from '@nestjs/bullmq';
import Redis from 'ioredis';
import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs';

const ORDERS = 'orders';
const topics = { paid: 'payments.paid', refunded: 'payments.refunded' } as const;
enum Names {
  Audit = 'audit',
}
const group = process.env.GROUP ?? 'billing';

export async function main(kafka: Kafka, region: string, key: string) {
  const consumer = kafka.consumer({ groupId: group });
  await consumer.subscribe({ topic: ORDERS }); // consume kafka orders / billing config
  await consumer.subscribe({ topics: [topics.paid, `refunds.${region}`] }); // consume kafka payments.paid / billing config; consume kafka refunds.* / billing template
  const producer = kafka.producer();
  await producer.send({ topic: Names.Audit, messages: [{ key: 'a', value: 'b' }] }); // produce kafka audit constant
  await producer.send({ topic: process.env.OUT_TOPIC, messages: [] }); // produce kafka invoices config
  await producer.send({ topic: region, messages: [] }); // produce kafka ? unknown
  const channel = await (await connect('amqp://localhost')).createChannel();
  await channel.assertQueue('jobs'); // declare rabbitmq jobs literal
  await channel.consume('jobs', work); // consume rabbitmq jobs literal
  channel.publish('events', `order.${key}`, Buffer.from('')); // produce rabbitmq events/order.* template
  channel.publish('', 'jobs', Buffer.from('')); // produce rabbitmq jobs literal
  new Worker('mails', work); // consume redis bull:mails literal
  new Queue('mails'); // produce redis bull:mails literal
  const redis = new Redis();
  await redis.xreadgroup('GROUP', 'shipping', 'me', 'COUNT', 10, 'STREAMS', 'parcels', '>'); // consume redis parcels / shipping literal
  await redis.xadd('parcels', '*', 'a', 'b'); // produce redis parcels literal
  const sqs = new SQSClient({});
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1234/claims' })); // consume aws_sqs claims literal
}

async function receipts(channel: Channel) {
  const { queue } = await channel.assertQueue('receipts'); // declare rabbitmq receipts literal
  await channel.consume(queue, work); // consume rabbitmq receipts constant
  const anonymous = await channel.assertQueue('', { exclusive: true }); // declare rabbitmq ? unknown
  await channel.consume(anonymous.queue, work); // consume rabbitmq ? unknown
  remind(channel, 'reminders');
}

function remind(channel: Channel, to: string) {
  const queue = to;
  channel.sendToQueue(queue, Buffer.from('')); // produce rabbitmq reminders constant
}

const inherited = ['ledger', 'journal'];
export class Books {
  private readonly topic: string;
  constructor(topic: string) {
    this.topic = topic;
  }
  async read(kafka: Kafka) {
    const consumer = kafka.consumer({ groupId: 'books' });
    await consumer.subscribe({ topics: inherited }); // consume kafka ledger / books constant; consume kafka journal / books constant
    await consumer.subscribe({ topic: this.topic }); // consume kafka audit / books constant
  }
}
void new Books('audit').read;

@Processor('pictures') // consume redis bull:pictures literal
class Pictures {
  constructor(@InjectQueue('albums') readonly albums: Queue) {} // produce redis bull:albums literal
}
new Worker('prints', work, { prefix: 'shop' }); // consume redis shop:prints literal
new Queue('frames', { prefix: settings.prefix }); // produce redis *:frames template

void connect('').then(async (connection) => {
  const channel = await connection.createChannel();
  // prettier-ignore
  channel.assertQueue('labels', {}, (error, { queue }) => { // declare rabbitmq labels literal
    channel.consume(queue, work); // consume rabbitmq labels constant
  });
});
