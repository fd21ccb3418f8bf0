import { describe, expect, it } from 'vitest';
import { hostOf } from '../../../src/diagnose/runbooks/situation';
import type { QueueReading } from '../../../src/model/sweep';
import { analyzed } from '../../harness/analyzed';
import { broker, flow, type Flow, type QueueOverTime } from '../../harness/observations';

const runbooksOf = (more: Partial<Flow>, seconds = 60) =>
  analyzed([flow({ destination: 'orders', group: 'w', arrives: 50, finishes: 20, ...more })], null, { seconds })
    .runbooks;
const steps = (reading: Partial<QueueReading>, url: string) => {
  const queue = flow({ destination: 'orders', group: 'w', arrives: 50, finishes: 20, waits: 90_000, reading });
  return analyzed([queue], null, { brokers: [broker('main', { url })] }).runbooks[0]!.steps;
};
const commands = (...given: Parameters<typeof steps>) => steps(...given).flatMap(({ command }) => command ?? []);
const unread = { backlog: null, waiting: null };

describe('who has a runbook', () => {
  it('is the worst ten of those that are held up', () => {
    const still = Array.from({ length: 12 }, (_, i) =>
      flow({ destination: `q${i}`, group: `g${i}`, waits: 900 - i, finishes: 0 }),
    );
    expect(analyzed(still).runbooks.map(({ queue }) => queue)).toEqual(
      Array.from({ length: 10 }, (_, i) => `main/q${i}/g${i}`),
    );
  });

  it('is nothing that is healthy beside it, and what is held up and loses messages only once', () => {
    const healthy = flow({ destination: 'fine', group: 'x', arrives: 5 });
    const both = flow({ destination: 'orders', group: 'w', arrives: 50, finishes: 20, reading: { lost: 7 } });
    const { bottlenecks, runbooks } = analyzed([healthy, both]);
    expect(bottlenecks).toHaveLength(1);
    expect(runbooks.map(({ title }) => title)).toEqual(['orders › w: 1,800 messages to work off']);
  });

  it('is what drains too slowly, once, with that it gets less by itself', () => {
    // 40/s less: 47,600 are 19 m 50 s, 2,600 a minute.
    const [slow, ...others] = runbooksOf({ finishes: 90, waits: 50_000 });
    expect(others).toEqual([]);
    expect(slow!.steps[0]!.text).toMatch(/^It is draining\. .*\.$/);
    expect(slow!.steps[0]!.text).not.toContain('It drains in');
    expect(slow!.steps.map(({ text }) => text)).toContain(
      'It gets less by itself; more consumers (90/s now) make it faster.',
    );
    expect(runbooksOf({ finishes: 90, waits: 5_000 })).toEqual([]);
  });

  it('is what loses messages, though it does not grow, and then nothing says that it gets less', () => {
    const [losing] = runbooksOf({ finishes: 50, waits: 4_000, reading: { lost: 7 } });
    expect(losing!.steps[0]!.text).toMatch(/^It is data-loss-risk\. .* At the present rates it never drains\.$/);
    expect(losing!.steps.map(({ text }) => text)).toContain('More consumers (50/s now) make it less.');
    const [uncounted] = runbooksOf({ finishes: 50, waits: 4_000, reading: { lost: 7, consumed: null } });
    expect(uncounted!.steps.map(({ text }) => text)).toContain('More consumers make it less.');
    const [drains] = runbooksOf({ finishes: 90, waits: 50_000, reading: { lost: 7 } });
    expect(drains!.steps[0]!.text).toMatch(/^It is data-loss-risk\. .* It drains in 19 m 50 s\.$/);
  });

  it('is what is held up: first how it is, then what the report advises, each command by itself', () => {
    const [first, ...rest] = runbooksOf({ finishes: 0, consumers: 0 })[0]!.steps.map(({ text }) => text);
    expect(first).toBe(
      'It is no-consumer. Nobody consumes; 50/s arrive, 3,000 wait. At the present rates it never drains.',
    );
    expect(rest).toContain('Start a consumer of w. Nobody consumes the queue, so nothing else can help before.');
  });
});

describe('what a report advises', () => {
  it('is a step with its command', () => {
    const full: QueueOverTime = (seconds) => ({
      ...flow({ destination: 'a', group: 'w', arrives: 100, finishes: 60, consumers: 4 })(seconds)!,
      partitions: [0, 1, 2, 3].map((partition) => ({
        ...{ partition, start: 0, end: 25 * seconds, committed: 15 * seconds, backlog: 10 * seconds, consumer: 'c' },
      })),
    });
    const advised = analyzed([full]).runbooks[0]!.steps.filter(({ command }) => command?.includes('--partitions 10'));
    expect(advised.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Give a 10 partitions \(now 4\)\. 4 partitions let/),
    ]);
  });
});

describe('the messages of a runbook', () => {
  const kept = (more: Partial<Flow>) =>
    runbooksOf(more)[0]!.steps.find(({ command }) => command?.includes('retention.ms'))!;

  it('are kept for a day at least, and for twice what they need where that is longer', () => {
    expect(kept({ reading: { ageSeconds: 3600 } }).command).toContain('retention.ms=86400000');
    // 2 × (180,000 s and the 10 m to drain in) are 101 h.
    const old = kept({ reading: { ageSeconds: 180_000 } });
    expect(old.text).toMatch(/^Keep its messages for 4\.2 d,/);
    expect(old.command).toContain('retention.ms=363600000');
  });

  it('are not counted where they could not be', () => {
    const nobody = { finishes: 0, consumers: 0 };
    const [runbook] = runbooksOf({ ...nobody, reading: { ...unread, consumed: null } });
    expect(runbook!.title).toBe('orders › w: a backlog to work off');
    const loses = runbook!.steps.map(({ loses: lost }) => lost ?? '').join();
    expect(loses).toContain('Those of the waiting messages that are older');
    expect(loses).toContain('w never reads every message that wait now;');
  });
});

describe('the commands of a runbook', () => {
  it('are, for a topic that no group reads, those of the topic alone', () => {
    const [losing] = runbooksOf({ group: null, arrives: 50, finishes: 0, consumers: null, reading: { lost: 7 } });
    const given = losing!.steps.flatMap(({ command }) => command ?? []);
    const topic = 'kafka-configs.sh --bootstrap-server 127.0.0.1:9092';
    expect(given[0]).toBe(`${topic} --describe --entity-type topics --entity-name orders`);
    for (const command of given.slice(1))
      expect(command).toContain(
        `${topic} --alter --entity-type topics --entity-name orders --add-config retention.ms=`,
      );
    expect(given).toHaveLength(3);
  });

  it('make the topic for failures as wide as the one they come from', () => {
    const partitions = [0, 1, 2].map((partition) => ({
      ...{ partition, start: 0, end: 9, committed: 0, backlog: 9, consumer: null },
    }));
    const dead = (reading: Partial<QueueReading>) =>
      commands(reading, 'kafka://h').find((command) => command.includes('orders.dead'));
    expect(dead({ partitions })).toMatch(/--partitions 3$/);
    expect(dead({})).toMatch(/--partitions 1$/);
  });

  it('ask NATS at the broker of the report, for the stream and for a consumer where there is one', () => {
    const nats = { system: 'nats', kind: 'stream' } as const;
    const all = commands(nats, 'nats://app:word@10.0.0.1,10.0.0.2:4223');
    expect(all).toEqual([
      'nats --server nats://10.0.0.1:4222 stream info orders',
      'nats --server nats://10.0.0.1:4222 consumer info orders w',
      'nats --server nats://10.0.0.1:4222 stream edit orders --max-age 168h --force',
      'nats --server nats://10.0.0.1:4222 consumer edit orders w --max-deliver 5 --force',
      'nats --server nats://10.0.0.1:4222 stream purge orders --force',
    ]);
    expect(commands({ ...nats, group: null }, 'nats://10.0.0.1:4223')).toEqual(
      all.filter((command) => !command.includes('consumer')).map((command) => command.replace(':4222', ':4223')),
    );
  });

  it('ask SQS where its own settings say, unless the report says where', () => {
    const sqs = { system: 'aws_sqs', kind: 'queue', group: null } as const;
    for (const command of commands(sqs, 'sqs://')) expect(command).toMatch(/^aws sqs /);
    for (const command of commands(sqs, 'sqs+https://queues.example')) {
      expect(command).toContain('aws --endpoint-url https://queues.example sqs');
    }
    const plain = commands(sqs, 'sqs://eu-west-1');
    expect(plain[0]).toBe(
      'aws --region eu-west-1 sqs get-queue-attributes --queue-url "$(aws --region eu-west-1 sqs get-queue-url --queue-name orders --query QueueUrl --output text)" --attribute-names All',
    );
    expect(plain[1]).toMatch(/ set-queue-attributes .* MessageRetentionPeriod=1209600$/);
    expect(plain[2]).toMatch(/--queue-name orders-dead .*=1209600$/);
    expect(plain[3]).toMatch(/maxReceiveCount.*--queue-name orders-dead /);
    const fifo = commands({ ...sqs, destination: 'a-long-name.fifo' }, 'sqs://eu-west-1');
    expect(fifo.find((command) => command.includes('create-queue'))).toContain('--queue-name a-long-name-dead.fifo ');
  });

  it('read a key of Redis by its kind, and take from it only what waits', () => {
    const first = (kind: QueueReading['kind']) => commands({ system: 'redis', kind, group: null }, 'redis://h')[0];
    expect(first('list')).toBe('redis-cli -h h -p 6379 -n 0 LLEN orders');
    expect(first('sorted_set')).toBe('redis-cli -h h -p 6379 -n 0 ZCARD orders');
    expect(first('stream')).toBe('redis-cli -h h -p 6379 -n 0 XINFO STREAM orders');
    expect(commands({ system: 'redis', kind: 'list', group: 'w' }, 'redis://h').at(-1)).toBe(
      'redis-cli -h h -p 6379 -n 0 UNLINK orders',
    );
  });

  it('keep a thousand messages of a stream at least when it is cut', () => {
    const queue = flow({
      destination: 'orders',
      group: 'w',
      waits: 500,
      finishes: 0,
      reading: { system: 'redis', kind: 'stream' },
    });
    const all = analyzed([queue], null, { brokers: [broker('main', { url: 'redis://h' })] }).runbooks[0]!.steps;
    expect(all.at(-1)!.command).toMatch(/MAXLEN '~' 1000$/);
    expect(all.at(-1)!.loses).toContain('the newest 1,000 messages');
    expect(all.at(-2)!.loses).toMatch(/^The 500 messages that wait are never read by w;/);
  });

  it('look at a RabbitMQ queue before anything else, and send its failures where they are told to go', () => {
    const rabbit = commands({ system: 'rabbitmq', kind: 'queue', group: null }, 'amqp://h');
    expect(rabbit[0]).toBe('rabbitmqctl list_queues -p / name messages_ready messages_unacknowledged consumers state');
    expect(rabbit.find((command) => command.includes('set_policy'))).toContain(
      `'{"dead-letter-exchange":"","dead-letter-routing-key":"orders.dead"}'`,
    );
  });

  it('look at a stream of Redis, and give what a dead consumer holds to another', () => {
    const redis = commands({ system: 'redis', kind: 'stream' }, 'redis://h').map(
      (command) => command.split(' -n 0 ')[1],
    );
    expect(redis.slice(0, 5)).toEqual([
      ...['XINFO GROUPS orders', 'XINFO CONSUMERS orders w', 'XPENDING orders w - + 10', 'INFO memory'],
      'XAUTOCLAIM orders w CONSUMER 60000 0 COUNT 100',
    ]);
  });

  it('say of a broker that is no longer there nothing that is not known', () => {
    const gone = (reading: Partial<QueueReading>) => {
      const queue = flow({ destination: 'orders', group: 'w', waits: 900, finishes: 0, reading });
      return analyzed([queue], null, { brokers: [] }).runbooks[0]!.steps.flatMap(({ command }) => command ?? [])[0];
    };
    expect(gone({ system: 'aws_sqs' })).toMatch(/^aws sqs /);
    expect(gone({ system: 'redis', kind: 'stream' })).toMatch(/^redis-cli -h localhost -p 6379 -n 0 XINFO/);
    expect(gone({})).toMatch(/^kafka-consumer-groups\.sh --bootstrap-server '' /);
  });

  it('are none for a system that has none of its own', () => {
    expect(steps({ system: 'prometheus' }, 'prometheus+http://h').every(({ command }) => command === null)).toBe(true);
  });
});

describe('what a step loses', () => {
  it('is counted where what waits was read, and all of it where it was not', () => {
    const lost = (reading: Partial<QueueReading>) =>
      steps({ group: null, ...reading }, 'x://h').flatMap(({ loses }) => loses ?? []);
    expect(lost({ system: 'aws_sqs' })).toEqual(['The 91,800 messages in orders, in flight too, for good.']);
    expect(lost({ system: 'rabbitmq' })[0]).toMatch(/^The 91,800 messages that are ready in orders,/);
    expect(lost({ system: 'redis', kind: 'list' })[0]).toMatch(/^The 91,800 messages that wait in orders,/);
    expect(lost({ group: 'w' })).toEqual([
      expect.stringMatching(/^Those of the 91,800 waiting messages /),
      expect.stringMatching(/^w never reads all of the 91,800 messages that wait now;/),
    ]);
    const unread = { waiting: null };
    expect(lost({ system: 'rabbitmq', ...unread })[0]).toMatch(/^Every message that is ready in orders,/);
    expect(lost({ system: 'redis', kind: 'list', ...unread })[0]).toMatch(/^Every message that waits in orders,/);
  });
});

describe('the address of a broker', () => {
  const at = (url: string) => hostOf(broker('main', { url }), '5672');

  it('is the first of its URL, without user and path, with the usual port where it names none', () => {
    expect(at('amqp://app:word@10.0.0.1:5673/sales')).toEqual({ host: '10.0.0.1', port: '5673' });
    expect(at('nats://one,two:4223')).toEqual({ host: 'one', port: '5672' });
    expect(at('amqp://[::1]:5673')).toEqual({ host: '[::1]', port: '5673' });
  });

  it('is this machine where it is not known', () => {
    expect([hostOf(null, '1'), at('amqp://')].map(({ host }) => host)).toEqual(['localhost', 'localhost']);
  });
});
