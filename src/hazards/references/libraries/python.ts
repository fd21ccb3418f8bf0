import { Client, queueOfUrl } from './library';

const confluent = new Client('kafka', /^confluent_kafka/)
  .consumes(/^subscribe$/, [0], { maker: { call: /Consumer$/, group: ['group.id'] } })
  .produces(/^produce$/, [0, 'topic']);

const aiokafka = new Client('kafka', /^(aiokafka|kafka)(\.|$)/)
  .consumes(/^(AIOKafkaConsumer|KafkaConsumer)$/, [0], { group: ['group_id'] })
  .consumes(/^subscribe$/, ['topics', 0], { maker: { call: /KafkaConsumer$/, group: ['group_id'] } })
  .produces(/^(send|send_and_wait)$/, [0, 'topic'], { on: /producer/i });

const pika = new Client('rabbitmq', /^pika/)
  .consumes(/^basic_consume$/, ['queue', 0])
  .produces(/^basic_publish$/, ['routing_key', 1], { exchange: ['exchange', 0] })
  .declares(/^queue_declare$/, ['queue', 0]);

const aioPika = new Client('rabbitmq', /^aio_pika/)
  .consumes(/^(consume|iterator)$/, [], {
    on: /queue/i,
    maker: { call: /^(declare_queue|get_queue)$/, destination: [0, 'name'] },
  })
  .declares(/^declare_queue$/, [0, 'name']);

const kombu = new Client('rabbitmq', /^kombu/)
  .consumes(/^Consumer$/, ['queues', 1])
  .consumes(/^get$/, [], { maker: { call: /^SimpleQueue$/, destination: [0, 'name'] } })
  .produces(/^put$/, [], { maker: { call: /^SimpleQueue$/, destination: [0, 'name'] } })
  .produces(/^publish$/, ['routing_key', 1], { on: /producer/i, exchange: ['exchange'] })
  .declares(/^Queue$/, [0, 'name']);

const redis = new Client('redis', /redis/)
  .consumes(/^xreadgroup$/, ['streams', 2], { group: [0, 'groupname'] })
  .consumes(/^(blpop|brpop|brpoplpush)$/, [0, 'keys'])
  .produces(/^(xadd|lpush|rpush)$/, [0, 'name']);

const sqs = new Client('aws_sqs', /boto/)
  .consumes(/^receive_message$/, ['QueueUrl'], { shape: queueOfUrl })
  .produces(/^send_message(_batch)?$/, ['QueueUrl'], { shape: queueOfUrl });

export const python = [confluent, aiokafka, pika, aioPika, kombu, redis, sqs].flatMap(({ calls }) => calls);
