import { Client, queueOfUrl } from './library';

const kafkaGo = new Client('kafka', /segmentio\/kafka-go/)
  .consumes(/^ReaderConfig$/, ['Topic', 'GroupTopics'], { group: ['GroupID'] })
  .produces(/^(Writer|WriterConfig|(\[\])?Message)$/, ['Topic'], { needs: ['Topic'] });

const sarama = new Client('kafka', /sarama/)
  .consumes(/^Consume$/, [1], { maker: { call: /^NewConsumerGroup$/, group: [1] } })
  .consumes(/^ConsumePartition$/, [0])
  .produces(/^ProducerMessage$/, ['Topic']);

const franz = new Client('kafka', /franz-go/)
  .consumes(/^ConsumeTopics$/, [0])
  .produces(/^Record$/, ['Topic'], { needs: ['Topic'] });

const confluent = new Client('kafka', /confluent-kafka-go/)
  .consumes(/^(SubscribeTopics|Subscribe)$/, [0], { maker: { call: /^NewConsumer$/, group: ['group.id'] } })
  .produces(/^TopicPartition$/, ['Topic'], { needs: ['Topic'] })
  .declares(/^(\[\])?TopicSpecification$/, ['Topic'], { needs: ['Topic'] });

const amqp = new Client('rabbitmq', /amqp091-go|streadway\/amqp/)
  .consumes(/^Consume$/, [0])
  .consumes(/^ConsumeWithContext$/, [1])
  .produces(/^Publish$/, [1], { exchange: [0] })
  .produces(/^PublishWithDeferredConfirm$/, [1], { exchange: [0] })
  .produces(/^Publish(WithDeferredConfirm)?WithContext$/, [2], { exchange: [1] })
  .declares(/^QueueDeclare(Passive)?$/, [0]);

const redis = new Client('redis', /go-redis/)
  .consumes(/^XReadGroupArgs$/, ['Streams'], { group: ['Group'] })
  .consumes(/^B[LR]Pop$/, [2])
  .produces(/^XAddArgs$/, ['Stream'])
  .produces(/^[LR]Push$/, [1]);

const madeByStream = { call: /^(CreateStream|CreateOrUpdateStream|UpdateStream|Stream)$/, destination: ['Name', 1] };

const nats = new Client('nats', /nats\.go/)
  .consumes(/^(CreateOrUpdateConsumer|CreateConsumer|Consumer)$/, [1], {
    group: ['Durable', 'Name', 2],
    maker: madeByStream,
  })
  .consumes(/^OrderedConsumer$/, [1], { maker: madeByStream })
  .declares(/^(CreateStream|CreateOrUpdateStream)$/, ['Name']);

const sqs = new Client('aws_sqs', /sqs/)
  .consumes(/^ReceiveMessageInput$/, ['QueueUrl'], { shape: queueOfUrl })
  .produces(/^SendMessage(Batch)?Input$/, ['QueueUrl'], { shape: queueOfUrl });

export const go = [kafkaGo, sarama, franz, confluent, amqp, redis, nats, sqs].flatMap(({ calls }) => calls);
