import { Client, queueOfUrl } from './library';

/** A listener of Spring that names no group has that of the application. */
const springs = ['groupId', 'id'];
const groupSetting = 'spring.kafka.consumer.group-id';

/** `KafkaTemplate template`: its type, or its name where the file does not tell the type. */
const kafkaTemplate = /^\w*Kafka(Template|Operations) |kafkaTemplate$/i;
const rabbitTemplate = /^(Rabbit|Amqp)(Template|Operations) |(rabbit|amqp)Template$/i;
const sqsTemplate = /^\w*(Sqs|Queue)\w*Template |(sqs|queue)\w*Template$/i;

const springKafka = new Client('kafka', /^org\.springframework\.kafka\b/)
  .consumes(/^KafkaListener$/, ['topics', 'topicPattern', 'topicPartitions'], {
    on: /^@/,
    group: springs,
    groupSetting,
  })
  .produces(/^send$/, [0], { on: kafkaTemplate, arity: [2, 5] })
  .produces(/^SendTo$/, [0, 'value'], { on: /^@/ })
  .declares(/^name$/, [0], { on: /TopicBuilder$/ });

const kafkaClients = new Client('kafka', /^org\.apache\.kafka\b/)
  .consumes(/^subscribe$/, [0], { on: /consumer/i, maker: { call: /Consumer$/, group: ['group.id'] } })
  .produces(/^ProducerRecord$/, [0])
  .declares(/^NewTopic$/, [0]);

const kafkaStreams = new Client('kafka', /^org\.apache\.kafka\.streams\b/)
  .consumes(/^(stream|table|globalTable)$/, [0], { on: /builder/i })
  .produces(/^to$/, [0], { arity: [1, 2] });

const springAmqp = new Client('rabbitmq', /^org\.springframework\.amqp\b/)
  .consumes(/^RabbitListener$/, ['queues', 'queuesToDeclare', 'bindings'], { on: /^@/ })
  .consumes(/^(receive|receiveAndConvert)$/, [0], { on: rabbitTemplate })
  .produces(/^(convertAndSend|convertSendAndReceive\w*|send)$/, [0], { on: rabbitTemplate, arity: [2, 2] })
  .produces(/^(convertAndSend|convertSendAndReceive\w*|send)$/, [1], {
    on: rabbitTemplate,
    arity: [3, 5],
    exchange: [0],
  })
  .declares(/^Queue$/, [0], { on: /^$/, arity: [1, 5] })
  .declares(/^(durable|nonDurable)$/, [0], { on: /QueueBuilder$/, arity: [1, 1] });

const amqpClient = new Client('rabbitmq', /^com\.rabbitmq\b/)
  .consumes(/^basic(Consume|Get)$/, [0], { on: /./ })
  .produces(/^basicPublish$/, [1], { exchange: [0], on: /./ })
  .declares(/^queueDeclare(Passive)?$/, [0], { on: /./ });

const springSqs = new Client('aws_sqs', /^(io\.awspring|org\.springframework\.cloud\.aws)\b/)
  .consumes(/^SqsListener$/, [0, 'value', 'queueNames'], { on: /^@/, shape: queueOfUrl })
  .produces(/^(send|convertAndSend|sendAsync)$/, [0], { on: sqsTemplate, arity: [2, 4], shape: queueOfUrl });

const sqs = new Client('aws_sqs', /^(software\.amazon\.awssdk|com\.amazonaws)\.services\.sqs\b/)
  .consumes(/^queueUrl$/, [0], { on: /ReceiveMessageRequest\b/, shape: queueOfUrl })
  .consumes(/^ReceiveMessageRequest$/, [0], { shape: queueOfUrl })
  .produces(/^queueUrl$/, [0], { on: /SendMessage(Batch)?Request\b/, shape: queueOfUrl })
  .produces(/^SendMessage(Batch)?Request$/, [0], { shape: queueOfUrl });

/** Behind a bridge stands the broker that the workspace configures. */
const bridges = (['kafka', 'rabbitmq'] as const).map((system) =>
  [`spring.cloud.stream.${system === 'kafka' ? system : 'rabbit'}.`, `spring.${system}.`].map((setting) =>
    new Client(system, /^org\.springframework\.cloud\.stream\b/).produces(/^send$/, [0], {
      on: /^StreamBridge |bridge$/i,
      arity: [2, 4],
      setting,
    }),
  ),
);

const jedis = new Client('redis', /^redis\.clients\b/)
  .consumes(/^(blpop|brpop|brpoplpush)$/, [1], { on: /jedis|redis/i })
  .consumes(/^xreadGroup$/, [3], { group: [0] })
  .produces(/^(xadd|lpush|rpush)$/, [0], { on: /jedis|redis/i });

export const java = [
  ...[springKafka, kafkaClients, kafkaStreams, springAmqp, amqpClient, springSqs, sqs, jedis],
  ...bridges.flat(),
].flatMap(({ calls }) => calls);
