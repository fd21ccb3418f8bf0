import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBrokers } from '../../../src/discover/brokers/find';

const found = (path: string, text: string) =>
  findBrokers(path, text).map(({ url, name, line }) => `${line} ${name}: ${url}`);

describe('brokers that the files of a workspace name', () => {
  it('are the services of a compose file that publish a port, with the login it gives them', () => {
    const compose = `services:
  broker:
    image: confluentinc/cp-kafka:7.6.0
    ports: ["9092:9092"]
  rabbit:
    image: rabbitmq:3-management
    ports:
      - "5673:5672"
      - 127.0.0.1:15673:15672/tcp
    environment:
      RABBITMQ_DEFAULT_USER: app
      RABBITMQ_DEFAULT_PASS: \${RABBIT_PASSWORD:-s3cret}
      RABBITMQ_DEFAULT_VHOST: sales
  cache:
    image: redis:7
    command: ["redis-server", "--requirepass", "hush"]
    ports:
      - target: 6379
        published: 6380
  bus:
    image: nats:2
    ports: ["\${NATS_PORT:-4222}:4222", "8222:8222"]
    environment: [A=b]
  queue: { image: softwaremill/elasticmq-native, ports: ["9324:9324"] }
  hidden: { image: "redis:7" }
  ui: { image: provectuslabs/kafka-ui, ports: ["8080:9092"] }
  web: { image: nginx, ports: ["80:80"] }
`;
    expect(found('docker-compose.yml', compose)).toEqual([
      '2 broker: kafka://127.0.0.1:9092',
      '5 rabbit: amqp://app:s3cret@127.0.0.1:5673/sales?management=http://127.0.0.1:15673',
      '14 cache: redis://:hush@127.0.0.1:6380',
      '20 bus: nats://127.0.0.1:4222?monitoring=http://127.0.0.1:8222',
      '24 queue: sqs+http://127.0.0.1:9324',
    ]);
  });

  it('are the URLs, server lists and hosts of an .env file', () => {
    const env = `# REDIS_URL=redis://commented
export REDIS_URL="redis://:pw@cache:6379/1" # the cache
KAFKA_BOOTSTRAP_SERVERS=k1:9092,k2:9092
RABBITMQ_HOST=mq
RABBITMQ_PORT=5673
RABBITMQ_USER=app
RABBITMQ_PASSWORD=p@ss
QUEUE=https://sqs.eu-west-1.amazonaws.com/123456789012/orders
NATS_URL=\${NATS}
OTHER=https://example.com
`;
    expect(found('.env.local', env)).toEqual([
      '2 REDIS_URL: redis://:pw@cache:6379/1',
      '3 KAFKA_BOOTSTRAP_SERVERS: kafka://k1:9092,k2:9092',
      '4 RABBITMQ_HOST: amqp://app:p%40ss@mq:5673',
      '8 QUEUE: sqs://eu-west-1',
    ]);
  });

  it('are those of Spring, as YAML and as properties', () => {
    const yaml = `spring:
  kafka:
    bootstrap-servers:
      - k1:9092
      - k2:9092
  rabbitmq:
    host: \${MQ_HOST:localhost}
    username: app
    virtual-host: /
---
spring:
  data.redis: { host: cache, port: 6380, password: "\${REDIS_PASSWORD}" }
`;
    expect(found('src/main/resources/application.yml', yaml)).toEqual([
      '4 spring.kafka.bootstrap-servers: kafka://k1:9092,k2:9092',
      '7 spring.rabbitmq.host: amqp://app@localhost:5672',
      '12 spring.data.redis.host: redis://cache:6380',
    ]);
    const properties = 'spring.kafka.bootstrap-servers=k1:9092\nspring.redis.host: cache\n! spring.nats.host=x\n';
    expect(found('application-dev.properties', properties)).toEqual([
      '1 spring.kafka.bootstrap-servers: kafka://k1:9092',
      '2 spring.redis.host: redis://cache:6379',
    ]);
  });

  it('are those of Celery and of Node', () => {
    const python = `# broker_url = "redis://old"
broker_url = 'amqp://app:pw@mq//'
result_backend = "redis://cache/1"
app = Celery("x", broker="redis://cache/0")
`;
    expect(found('proj/celeryconfig.py', python)).toEqual([
      '2 broker_url: amqp://app:pw@mq//',
      '3 result_backend: redis://cache/1',
      '4 broker: redis://cache/0',
    ]);
    const node = `export default {
  kafka: { brokers: ['k1:9092'] },
  redis: { url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' },
  nats: \`nats://\${host}:4222\`,
};
`;
    expect(found('config/default.js', node)).toEqual([
      '2 kafka.brokers: kafka://k1:9092',
      '3 url: redis://127.0.0.1:6379',
    ]);
    expect(found('config/default.json', '{ "queue": { "url": "amqp://guest@mq" } }')).toEqual([
      '1 url: amqp://guest@mq',
    ]);
  });

  it('are none in a file that is broken, and each URL once', () => {
    expect(found('compose.yaml', 'services: [1, {')).toEqual([]);
    expect(found('compose.yaml', 'services: 3')).toEqual([]);
    expect(found('.env', 'A=redis://x\nB=redis://x\n')).toEqual(['1 A: redis://x']);
    expect(found('README.md', 'redis://x')).toEqual([]);
  });

  it('are looked for without ever failing', () => {
    const paths = fc.constantFrom('.env', 'compose.yml', 'application.yml', 'application.properties', 'config.js');
    fc.assert(
      fc.property(paths, fc.string({ maxLength: 200 }), (path, text) => {
        for (const { line } of findBrokers(path, `redis:\n  host: ${text}`)) expect(line).toBeGreaterThan(0);
      }),
    );
  });
});
