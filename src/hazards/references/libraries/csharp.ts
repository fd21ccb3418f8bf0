import { Client, queueOfUrl } from './library';

const confluent = new Client('kafka', /^Confluent\.Kafka/)
  .consumes(/^Subscribe$/, [0], { maker: { call: /^Build$/, group: ['GroupId'] } })
  .produces(/^(Produce|ProduceAsync)$/, [0])
  .declares(/^TopicSpecification$/, ['Name'], { needs: ['Name'] });

const rabbit = new Client('rabbitmq', /^RabbitMQ\.Client/)
  .consumes(/^BasicConsume(Async)?$/, ['queue', 0])
  .produces(/^BasicPublish(Async)?$/, ['routingKey', 1], { exchange: ['exchange', 0] })
  .declares(/^QueueDeclare(Passive)?(Async)?$/, ['queue', 0]);

const massTransit = new Client('rabbitmq', /^MassTransit/)
  .consumes(/^ReceiveEndpoint$/, [0])
  .produces(/^(Map|GetSendEndpoint)$/, [0], { shape: (name) => name.replace(/^(queue|exchange):/, '') });

const massTransitKafka = new Client('kafka', /^MassTransit/)
  .consumes(/^TopicEndpoint$/, [0], { group: [1] })
  .produces(/^AddProducer$/, [0]);

const redis = new Client('redis', /^StackExchange\.Redis/)
  .consumes(/^StreamReadGroup(Async)?$/, ['key', 0], { group: ['groupName', 1] })
  .consumes(/^List(Left|Right)Pop(Async)?$/, ['key', 0])
  .produces(/^(StreamAdd|ListLeftPush|ListRightPush)(Async)?$/, ['key', 0]);

const nats = new Client('nats', /^NATS\./).consumes(
  /^(CreateOrUpdateConsumer|CreateConsumer|GetConsumer)(Async)?$/,
  ['stream', 0],
  {
    group: ['DurableName', 'Name', 'consumer', 1],
  },
);

const sqs = new Client('aws_sqs', /^Amazon\.SQS/)
  .consumes(/^ReceiveMessageRequest$/, ['QueueUrl', 0], { shape: queueOfUrl })
  .produces(/^SendMessage(Batch)?Request$/, ['QueueUrl', 0], { shape: queueOfUrl });

export const csharp = [confluent, rabbit, massTransit, massTransitKafka, redis, nats, sqs].flatMap(
  ({ calls }) => calls,
);
