import { Client, queueOfUrl } from './library';

const rdkafka = new Client('kafka', /^rdkafka(::|$)/)
  .consumes(/^subscribe$/, [0], { maker: { call: /^create(_with_context)?$/, group: ['group.id'] } })
  .produces(/^to$/, [0], { on: /(Future|Base)Record(::<.*>)?$/ })
  .declares(/^new$/, [0], { on: /NewTopic$/ });

const rskafka = new Client('kafka', /^rskafka(::|$)/).produces(/^partition_client$/, [0]);

const kafkaRust = new Client('kafka', /^kafka(::|$)/)
  .consumes(/^with_topic(_partitions)?$/, [0], { group: ['with_group'] })
  .produces(/^(from_value|from_key_value)$/, [0], { on: /Record$/ })
  .produces(/^Record$/, ['topic'], { needs: ['topic'] });

const lapin = new Client('rabbitmq', /^lapin(::|$)/)
  .consumes(/^basic_consume$/, [0])
  .produces(/^basic_publish$/, [1], { exchange: [0] })
  .declares(/^queue_declare$/, [0]);

const amqprs = new Client('rabbitmq', /^amqprs(::|$)/)
  .consumes(/^new$/, [0], { on: /BasicConsumeArguments$/ })
  .produces(/^new$/, [1], { exchange: [0], on: /BasicPublishArguments$/ })
  .declares(/^(new|durable_client_named|transient_autodelete)$/, [0], { on: /QueueDeclareArguments$/ });

/** A consumer is known to JetStream by its stream and its own name. */
const natsGroup = ['durable_name', 'name'];
const madeByStream = { call: /^(get|create|get_or_create)_stream$/, destination: ['name', 0] };

const nats = new Client('nats', /^async_nats(::|$)/)
  .consumes(/^create_consumer_on_stream$/, [1], { group: natsGroup })
  .consumes(/^get_consumer_from_stream$/, [1], { group: [0] })
  .consumes(/^get_or_create_consumer$/, [], { group: [0], maker: madeByStream })
  .consumes(/^(create_consumer|create_consumer_strict)$/, [], { group: natsGroup, maker: madeByStream })
  .consumes(/^get_consumer$/, [], { group: [0], maker: madeByStream })
  .declares(/^(create_stream|get_or_create_stream)$/, ['name']);

const redis = new Client('redis', /^(redis|deadpool_redis|bb8_redis|fred)(::|$)/)
  .consumes(/^xread_options$/, [0], { group: ['group'] })
  .consumes(/^(blpop|brpop|brpoplpush|blmove)$/, [0])
  .produces(/^(xadd(_map|_maxlen)?|lpush|rpush)$/, [0]);

const sqs = new Client('aws_sqs', /^aws_sdk_sqs(::|$)/)
  .consumes(/^queue_url$/, [0], { on: /\.receive_message\(\)/, shape: queueOfUrl })
  .produces(/^queue_url$/, [0], { on: /\.send_message(_batch)?\(\)/, shape: queueOfUrl });

export const rust = [rdkafka, rskafka, kafkaRust, lapin, amqprs, nats, redis, sqs].flatMap(({ calls }) => calls);
