import type { SourceReference } from '../../model/scan';
import type { Language } from '../rule';

/** Where in a call a name stands: an argument by number from 0, by its name, or whatever follows a word. */
export type Position = number | string | { after: string };

/** How a call of a client library names a queue. */
export interface Library {
  system: SourceReference['system'];
  /** Without such an import the call is another's. */
  imports: RegExp;
  call: RegExp;
  /** What it is called on must look so. */
  on?: RegExp;
  /** Named parts that it must have. */
  needs?: readonly string[];
  role: SourceReference['role'];
  /** The first of these that is there. */
  destination: readonly Position[];
  /** RabbitMQ: the exchange; then `destination` is the routing key. */
  exchange?: readonly Position[];
  group?: readonly Position[];
  /** Group or destination stand where the object was made that the call is on. */
  maker?: { call: RegExp; group?: readonly Position[]; destination?: readonly Position[] };
  /** What of the name the broker knows. */
  shape?: (name: string) => string;
}

/** `orders` of `https://sqs.eu-west-1.amazonaws.com/1234/orders` and of an ARN. */
const queueOfUrl = (url: string) => url.split(/[/:]/).at(-1) ?? url;

const javascript: readonly Library[] = [
  ...kafkajs(),
  ...amqplib(),
  {
    system: 'redis',
    imports: /^(bullmq|bull|bee-queue)$/,
    call: /^(Worker|QueueEvents)$/,
    role: 'consume',
    destination: [0],
    shape: (name) => `bull:${name}`,
  },
  {
    system: 'redis',
    imports: /^(bullmq|bull|bee-queue)$/,
    call: /^(Queue|FlowProducer)$/,
    role: 'produce',
    destination: [0],
    shape: (name) => `bull:${name}`,
  },
  { system: 'redis', imports: /redis/, call: /^(xadd|xAdd)$/, role: 'produce', destination: [0] },
  {
    system: 'redis',
    imports: /redis/,
    call: /^xreadgroup$/,
    role: 'consume',
    destination: [{ after: 'STREAMS' }],
    group: [{ after: 'GROUP' }],
  },
  { system: 'redis', imports: /redis/, call: /^xReadGroup$/, role: 'consume', destination: ['key'], group: [0] },
  {
    system: 'redis',
    imports: /redis/,
    call: /^(blpop|brpop|blPop|brPop|brpoplpush)$/,
    role: 'consume',
    destination: [0],
  },
  { system: 'redis', imports: /redis/, call: /^(lpush|rpush|lPush|rPush)$/, role: 'produce', destination: [0] },
  {
    system: 'aws_sqs',
    imports: /sqs/,
    call: /^ReceiveMessageCommand$/,
    role: 'consume',
    destination: ['QueueUrl'],
    shape: queueOfUrl,
  },
  {
    system: 'aws_sqs',
    imports: /sqs/,
    call: /^SendMessage(Batch)?Command$/,
    role: 'produce',
    destination: ['QueueUrl'],
    shape: queueOfUrl,
  },
  {
    system: 'aws_sqs',
    imports: /^sqs-consumer$/,
    call: /^create$/,
    role: 'consume',
    destination: ['queueUrl'],
    shape: queueOfUrl,
  },
];

function kafkajs(): Library[] {
  const imports = /^(kafkajs|@confluentinc\/kafka-javascript)$/;
  const maker = { call: /^consumer$/, group: ['groupId'] };
  return [
    { system: 'kafka', imports, call: /^subscribe$/, role: 'consume', destination: ['topic', 'topics'], maker },
    { system: 'kafka', imports, call: /^send$/, needs: ['topic'], role: 'produce', destination: ['topic'] },
    { system: 'kafka', imports, call: /^createTopics$/, role: 'declare', destination: ['topic'] },
  ];
}

function amqplib(): Library[] {
  const imports = /^(amqplib(\/.*)?|amqp-connection-manager)$/;
  return [
    { system: 'rabbitmq', imports, call: /^consume$/, role: 'consume', destination: [0] },
    { system: 'rabbitmq', imports, call: /^sendToQueue$/, role: 'produce', destination: [0] },
    { system: 'rabbitmq', imports, call: /^publish$/, role: 'produce', destination: [1], exchange: [0] },
    { system: 'rabbitmq', imports, call: /^(assertQueue|checkQueue)$/, role: 'declare', destination: [0] },
  ];
}

const go: readonly Library[] = [
  {
    system: 'kafka',
    imports: /segmentio\/kafka-go/,
    call: /^ReaderConfig$/,
    role: 'consume',
    destination: ['Topic', 'GroupTopics'],
    group: ['GroupID'],
  },
  {
    system: 'kafka',
    imports: /segmentio\/kafka-go/,
    call: /^(Writer|WriterConfig)$/,
    needs: ['Topic'],
    role: 'produce',
    destination: ['Topic'],
  },
  { system: 'kafka', imports: /sarama/, call: /^ProducerMessage$/, role: 'produce', destination: ['Topic'] },
  {
    system: 'kafka',
    imports: /sarama/,
    call: /^Consume$/,
    role: 'consume',
    destination: [1],
    maker: { call: /^NewConsumerGroup$/, group: [1] },
  },
  { system: 'kafka', imports: /sarama/, call: /^ConsumePartition$/, role: 'consume', destination: [0] },
  { system: 'kafka', imports: /franz-go/, call: /^ConsumeTopics$/, role: 'consume', destination: [0] },
  { system: 'kafka', imports: /franz-go/, call: /^Record$/, needs: ['Topic'], role: 'produce', destination: ['Topic'] },
  {
    system: 'kafka',
    imports: /confluent-kafka-go/,
    call: /^(SubscribeTopics|Subscribe)$/,
    role: 'consume',
    destination: [0],
    maker: { call: /^NewConsumer$/, group: ['group.id'] },
  },
  {
    system: 'kafka',
    imports: /confluent-kafka-go/,
    call: /^TopicPartition$/,
    needs: ['Topic'],
    role: 'produce',
    destination: ['Topic'],
  },
  { system: 'rabbitmq', imports: /amqp091-go|streadway\/amqp/, call: /^Consume$/, role: 'consume', destination: [0] },
  {
    system: 'rabbitmq',
    imports: /amqp091-go|streadway\/amqp/,
    call: /^ConsumeWithContext$/,
    role: 'consume',
    destination: [1],
  },
  {
    system: 'rabbitmq',
    imports: /amqp091-go|streadway\/amqp/,
    call: /^Publish$/,
    role: 'produce',
    destination: [1],
    exchange: [0],
  },
  {
    system: 'rabbitmq',
    imports: /amqp091-go|streadway\/amqp/,
    call: /^Publish(WithContext|WithDeferredConfirm\w*)$/,
    role: 'produce',
    destination: [2],
    exchange: [1],
  },
  {
    system: 'rabbitmq',
    imports: /amqp091-go|streadway\/amqp/,
    call: /^QueueDeclare(Passive)?$/,
    role: 'declare',
    destination: [0],
  },
  {
    system: 'redis',
    imports: /go-redis/,
    call: /^XReadGroupArgs$/,
    role: 'consume',
    destination: ['Streams'],
    group: ['Group'],
  },
  { system: 'redis', imports: /go-redis/, call: /^XAddArgs$/, role: 'produce', destination: ['Stream'] },
  { system: 'redis', imports: /go-redis/, call: /^B[LR]Pop$/, role: 'consume', destination: [2] },
  { system: 'redis', imports: /go-redis/, call: /^[LR]Push$/, role: 'produce', destination: [1] },
  {
    system: 'nats',
    imports: /nats\.go/,
    call: /^(CreateOrUpdateConsumer|CreateConsumer|Consumer)$/,
    role: 'consume',
    destination: [1],
    group: ['Durable', 'Name', 2],
  },
  {
    system: 'aws_sqs',
    imports: /sqs/,
    call: /^ReceiveMessageInput$/,
    role: 'consume',
    destination: ['QueueUrl'],
    shape: queueOfUrl,
  },
  {
    system: 'aws_sqs',
    imports: /sqs/,
    call: /^SendMessage(Batch)?Input$/,
    role: 'produce',
    destination: ['QueueUrl'],
    shape: queueOfUrl,
  },
];

const python: readonly Library[] = [
  {
    system: 'kafka',
    imports: /^confluent_kafka/,
    call: /^subscribe$/,
    role: 'consume',
    destination: [0],
    maker: { call: /Consumer$/, group: ['group.id'] },
  },
  { system: 'kafka', imports: /^confluent_kafka/, call: /^produce$/, role: 'produce', destination: [0, 'topic'] },
  {
    system: 'kafka',
    imports: /^(aiokafka|kafka)(\.|$)/,
    call: /^(AIOKafkaConsumer|KafkaConsumer)$/,
    role: 'consume',
    destination: [0],
    group: ['group_id'],
  },
  {
    system: 'kafka',
    imports: /^(aiokafka|kafka)(\.|$)/,
    call: /^subscribe$/,
    role: 'consume',
    destination: ['topics', 0],
    maker: { call: /KafkaConsumer$/, group: ['group_id'] },
  },
  {
    system: 'kafka',
    imports: /^(aiokafka|kafka)(\.|$)/,
    call: /^(send|send_and_wait)$/,
    on: /producer/i,
    role: 'produce',
    destination: [0, 'topic'],
  },
  { system: 'rabbitmq', imports: /^pika/, call: /^basic_consume$/, role: 'consume', destination: ['queue', 0] },
  {
    system: 'rabbitmq',
    imports: /^pika/,
    call: /^basic_publish$/,
    role: 'produce',
    destination: ['routing_key', 1],
    exchange: ['exchange', 0],
  },
  { system: 'rabbitmq', imports: /^pika/, call: /^queue_declare$/, role: 'declare', destination: ['queue', 0] },
  {
    system: 'rabbitmq',
    imports: /^aio_pika/,
    call: /^(consume|iterator)$/,
    on: /queue/i,
    role: 'consume',
    destination: [],
    maker: { call: /^(declare_queue|get_queue)$/, destination: [0, 'name'] },
  },
  { system: 'rabbitmq', imports: /^aio_pika/, call: /^declare_queue$/, role: 'declare', destination: [0, 'name'] },
  { system: 'redis', imports: /redis/, call: /^xadd$/, role: 'produce', destination: [0, 'name'] },
  {
    system: 'redis',
    imports: /redis/,
    call: /^xreadgroup$/,
    role: 'consume',
    destination: ['streams', 2],
    group: [0, 'groupname'],
  },
  { system: 'redis', imports: /redis/, call: /^(blpop|brpop|brpoplpush)$/, role: 'consume', destination: [0, 'keys'] },
  { system: 'redis', imports: /redis/, call: /^(lpush|rpush)$/, role: 'produce', destination: [0, 'name'] },
  {
    system: 'redis',
    imports: /^celery/,
    call: /^apply_async$/,
    needs: ['queue'],
    role: 'produce',
    destination: ['queue'],
  },
  {
    system: 'aws_sqs',
    imports: /boto/,
    call: /^receive_message$/,
    role: 'consume',
    destination: ['QueueUrl'],
    shape: queueOfUrl,
  },
  {
    system: 'aws_sqs',
    imports: /boto/,
    call: /^send_message(_batch)?$/,
    role: 'produce',
    destination: ['QueueUrl'],
    shape: queueOfUrl,
  },
];

/** What is known of client libraries, by language (calls as their documentation has them). */
export const libraries: Readonly<Record<Language, readonly Library[]>> = {
  go,
  javascript,
  typescript: javascript,
  tsx: javascript,
  python,
};

/** A text without these words names no queue. */
export const libraryWords = /kafka|sarama|franz-go|amqp|rabbit|pika|redis|bull|bee-queue|sqs|nats|celery/i;
