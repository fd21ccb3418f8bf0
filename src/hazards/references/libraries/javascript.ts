import { Client, queueOfUrl } from './library';

const kafkajs = new Client('kafka', /^(kafkajs|@confluentinc\/kafka-javascript)$/)
  .consumes(/^subscribe$/, ['topic', 'topics'], { maker: { call: /^consumer$/, group: ['groupId'] } })
  .produces(/^send$/, ['topic'], { needs: ['topic'] })
  .declares(/^createTopics$/, ['topic']);

const amqplib = new Client('rabbitmq', /^(amqplib(\/.*)?|amqp-connection-manager)$/)
  .consumes(/^consume$/, [0])
  .produces(/^sendToQueue$/, [0])
  .produces(/^publish$/, [1], { exchange: [0] })
  .declares(/^(assertQueue|checkQueue)$/, [0]);

/** A queue of BullMQ is known to Redis with this before its name. */
const prefix = { at: 'prefix', usual: 'bull' };

const bullmq = new Client('redis', /^(bullmq|bull)$/)
  .consumes(/^(Worker|QueueEvents)$/, [0], { prefix })
  .produces(/^Queue$/, [0], { prefix });

const beeQueue = new Client('redis', /^bee-queue$/).produces(/^Queue$/, [0], {
  prefix: { at: 'prefix', usual: 'bq' },
});

const nestBull = new Client('redis', /^@nestjs\/bull(mq)?$/)
  .consumes(/^Processor$/, [0, 'name'], { prefix })
  .produces(/^InjectQueue$/, [0], { prefix })
  .declares(/^registerQueue$/, ['name'], { prefix });

const redis = new Client('redis', /redis/)
  .consumes(/^xreadgroup$/, [{ after: 'STREAMS' }], { group: [{ after: 'GROUP' }] })
  .consumes(/^xReadGroup$/, ['key'], { group: [0] })
  .consumes(/^(blpop|brpop|blPop|brPop|brpoplpush)$/, [0])
  .produces(/^(xadd|xAdd|lpush|rpush|lPush|rPush)$/, [0]);

const sqs = new Client('aws_sqs', /sqs/)
  .consumes(/^ReceiveMessageCommand$/, ['QueueUrl'], { shape: queueOfUrl })
  .produces(/^SendMessage(Batch)?Command$/, ['QueueUrl'], { shape: queueOfUrl });

const sqsConsumer = new Client('aws_sqs', /^sqs-consumer$/).consumes(/^create$/, ['queueUrl'], { shape: queueOfUrl });

export const javascript = [kafkajs, amqplib, bullmq, beeQueue, nestBull, redis, sqs, sqsConsumer].flatMap(
  ({ calls }) => calls,
);
