import { describe, expect, it } from 'vitest';
import type { QueueReading } from '../../../src/model/sweep';
import { analyzed } from '../../harness/analyzed';
import { broker, flow } from '../../harness/observations';

const written = (reading: Partial<QueueReading>, url: string) => {
  const queue = flow({ destination: 'orders', arrives: 50, finishes: 20, waits: 90_000, reading });
  return analyzed([queue], null, { brokers: [broker('other', { url: 'kafka://elsewhere' }), broker('main', { url })] })
    .runbooks;
};
const commands = (runbooks: ReturnType<typeof written>) => runbooks[0]!.steps.flatMap(({ command }) => command ?? []);

describe('the runbook', () => {
  const kafka = written({ group: 'billing' }, 'kafka://app@10.0.0.1:9092,10.0.0.2:9092');

  it('gives the commands of Kafka for this broker, topic and group', () => {
    expect(kafka[0]!.title).toBe('orders › billing: 91,800 messages to work off');
    const server = '--bootstrap-server 10.0.0.1:9092,10.0.0.2:9092';
    expect(commands(kafka)).toEqual([
      `kafka-consumer-groups.sh ${server} --describe --group billing`,
      `kafka-consumer-groups.sh ${server} --describe --group billing --members --verbose`,
      `kafka-configs.sh ${server} --describe --entity-type topics --entity-name orders`,
      `kafka-configs.sh ${server} --alter --entity-type topics --entity-name orders --add-config retention.ms=86400000`,
      `kafka-topics.sh ${server} --create --if-not-exists --topic orders.dead --partitions 1`,
      `kafka-consumer-groups.sh ${server} --group billing --topic orders --reset-offsets --by-duration PT1H --dry-run`,
      `kafka-consumer-groups.sh ${server} --group billing --topic orders --reset-offsets --by-duration PT1H --execute`,
      `kafka-consumer-groups.sh ${server} --group billing --topic orders --reset-offsets --to-latest --dry-run`,
      `kafka-consumer-groups.sh ${server} --group billing --topic orders --reset-offsets --to-latest --execute`,
    ]);
  });

  it('says last, and marked, what would lose messages', () => {
    for (const runbooks of [kafka, written({ system: 'rabbitmq', group: null }, 'amqp://10.0.0.1')]) {
      const { steps } = runbooks[0]!;
      expect(steps.at(-1)!.loses).toContain('91,800 messages');
      const first = steps.findIndex(({ loses }) => loses !== undefined);
      expect(first).toBeGreaterThan(steps.findIndex(({ text }) => text.startsWith('Run ')));
      expect(steps.slice(0, first).some(({ command }) => /--execute|purge|UNLINK/.test(command ?? ''))).toBe(false);
    }
  });

  it('quotes names for a shell', () => {
    const nasty = written({ destination: "o'r;rm -rf ~", group: '$(x)' }, 'kafka://h:1');
    for (const command of commands(nasty)) expect(command).not.toMatch(/[^']\$\(x\)/);
    expect(commands(nasty)[0]).toContain("--group '$(x)'");
    expect(commands(nasty)[2]).toContain(`--entity-name 'o'\\''r;rm -rf ~'`);
  });

  it('purges one queue of one virtual host of RabbitMQ, and names the dead-letter queue by an exact pattern', () => {
    const rabbit = commands(
      written({ system: 'rabbitmq', kind: 'queue', group: null, namespace: 'sales', destination: 'o.1' }, 'amqp://h'),
    );
    expect(rabbit.at(-1)).toBe('rabbitmqctl purge_queue -p sales o.1');
    expect(rabbit.find((command) => command.includes('set_policy'))).toContain(String.raw`'^o\.1$'`);
  });

  it('lets a Redis group begin anew before it trims the stream, on its own server and database', () => {
    const redis = commands(
      written({ system: 'redis', kind: 'stream', group: 'g', namespace: '3' }, 'rediss://10.0.0.1:6380'),
    );
    expect(redis.slice(-2)).toEqual([
      `redis-cli -h 10.0.0.1 -p 6380 -n 3 --tls XGROUP SETID orders g '$'`,
      `redis-cli -h 10.0.0.1 -p 6380 -n 3 --tls XTRIM orders MAXLEN '~' 9180`,
    ]);
  });

  it('asks SQS where the broker of the report is, and gives a queue with an order a dead-letter queue with one', () => {
    const sqs = { system: 'aws_sqs', kind: 'queue', group: null } as const;
    const remote = commands(written(sqs, 'sqs://eu-west-1'));
    expect(remote).not.toEqual([]);
    for (const command of remote) expect(command).toContain('aws --region eu-west-1 sqs');
    const local = commands(written({ ...sqs, destination: 'steps.fifo' }, 'sqs+http://key:secret@127.0.0.1:9324'));
    for (const command of local) {
      expect(command).toContain('aws --endpoint-url http://127.0.0.1:9324 sqs');
      expect(command).not.toContain('secret');
    }
    expect(local.find((command) => command.includes('create-queue'))).toMatch(/steps-dead\.fifo .*FifoQueue=true$/);
  });

  it('looks at the keys that BullMQ keeps', () => {
    const bull = commands(
      written(
        { system: 'redis', kind: 'list', group: null, queueType: 'bullmq', destination: 'bull:mail' },
        'redis://h',
      ),
    );
    expect(bull[0]).toBe('redis-cli -h h -p 6379 -n 0 LLEN bull:mail:wait');
    expect(bull.at(-1)).toBe('redis-cli -h h -p 6379 -n 0 UNLINK bull:mail:wait');
  });

  it('is not written for what drains in time', () => {
    expect(analyzed([flow({ destination: 'orders', arrives: 50, finishes: 90, waits: 5_000 })]).runbooks).toEqual([]);
  });
});
