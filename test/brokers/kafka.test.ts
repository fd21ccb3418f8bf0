import { createServer } from 'node:net';
import path from 'node:path';
import { AclResourceTypes } from 'kafkajs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { open } from '../../src/measure/kafka/index';
import { Calls } from '../../src/measure/kafka/calls';
import { kafkajsLogger } from '../../src/measure/kafka/logger';
import { Node } from '../../src/measure/kafka/node';
import { readGroups } from '../../src/measure/kafka/readGroups';
import { metadata } from '../../src/measure/kafka/wireMetadata';
import type { Source, SourceOptions, SourceReading } from '../../src/measure/source';
import { analyze } from '../../src/diagnose/analyze';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { defaultObjectives } from '../../src/model/pipeline';
import { observe } from '../../src/model/series';
import { queueFigures, queueReading, type QueueReading, type Sweep } from '../../src/model/sweep';
import { kafkaUsers } from '../harness/kafkaProperties';
import { KafkaFill } from '../harness/kafkaFill';
import { describeWith } from '../harness/need';
import { freePorts, start, until, type Running } from '../harness/process';
import { folder, run, runFolder } from '../harness/tools';

describeWith(['kafka'], 'Reading Kafka', ({ kafka }) => {
  const fill = new KafkaFill(kafka.bootstrap);
  const sources: Source[] = [];
  const running: Running[] = [];

  beforeAll(() => fill.connect());
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
    await Promise.all(sources.splice(0).map((source) => source.close()));
  });
  afterAll(() => fill.disconnect());

  const opened = (address: string, wanted: SourceOptions['wanted'] = null): Source => {
    const source = open(parseBrokerUrl(`kafka://${address}`), { wanted, log: () => undefined });
    sources.push(source);
    return source;
  };
  const sweep = (source: Source, callTimeoutMs = 5000): Promise<SourceReading> =>
    source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs });
  const rowOf = ({ queues }: SourceReading, id: string): QueueReading => {
    const row = queues.find((queue) => queue.id === id);
    if (!row) throw new Error(`no row ${id} among ${queues.map((queue) => queue.id).join(' ')}`);
    return row;
  };
  const reasonOf = (row: QueueReading, figure: string) => row.missing[figure];

  /** One of Kafka's own consumers. @param args topic, group, further flags */
  const consoleReader = (tool: string, [topic = '', group = '', ...further]: string[], ready: () => Promise<boolean>) =>
    start({
      command: 'java',
      args: [
        ...['-cp', path.join(kafka.jars ?? '', '*'), `org.apache.kafka.tools.consumer.${tool}`],
        ...['--bootstrap-server', kafka.bootstrap, '--topic', topic, '--group', group, ...further],
        ...(tool === 'ConsoleConsumer' ? ['--consumer-property', 'group.protocol=consumer'] : []),
      ],
      log: path.join(folder(runFolder), `${group}.log`),
      ready,
    });

  it('counts what waits for a group on each partition', async () => {
    await fill.topic('orders', 3);
    await fill.produce('orders', [10, 20, 30]);
    await fill.commit('billing', { orders: [4, 20, 0] });
    const reading = await sweep(opened(kafka.bootstrap));
    expect(reading.broker).toMatchObject({ name: 'kafka', system: 'kafka', state: 'ok', error: null });
    expect(reading.broker.roundTripSeconds).toBeGreaterThan(0);
    const row = rowOf(reading, 'kafka/orders/billing');
    expect(row).toMatchObject({
      kind: 'topic',
      destination: 'orders',
      group: 'billing',
      backlog: 36,
      waiting: 36,
      lost: 0,
      inFlight: null,
      produced: 60,
      consumed: 24,
      retained: 60,
      consumers: 0,
      brokerState: 'Empty',
      approximate: {},
    });
    expect(row.partitions).toEqual([
      { partition: 0, start: 0, end: 10, committed: 4, backlog: 6, consumer: null },
      { partition: 1, start: 0, end: 20, committed: 20, backlog: 0, consumer: null },
      { partition: 2, start: 0, end: 30, committed: 0, backlog: 30, consumer: null },
    ]);
  });

  it('counts a group that has committed on some partitions over those, and says how many are left out', async () => {
    await fill.topic('partly', 3);
    await fill.produce('partly', [10, 20, 30]);
    await fill.commit('half', { partly: [4, null, 25] });
    const row = rowOf(await sweep(opened(kafka.bootstrap)), 'kafka/partly/half');
    expect(row).toMatchObject({ backlog: 11, produced: 40, consumed: 29, retained: 60 });
    expect(row.approximate.backlog).toContain('1 of 3 partitions');
    expect(row.partitions?.[1]).toMatchObject({ committed: null, backlog: null });
  });

  it('tells a group that never committed as none and a topic nobody reads as none, never as 0', async () => {
    await fill.topic('fresh', 2);
    await fill.topic('unread', 2);
    await fill.produce('fresh', [5, 5]);
    await fill.produce('unread', [3, 4]);
    const consumer = await fill.member('waiting', 'fresh');
    try {
      const reading = await sweep(opened(kafka.bootstrap));
      const row = rowOf(reading, 'kafka/fresh/waiting');
      expect(row).toMatchObject({ backlog: null, consumed: null, produced: 10, consumers: 1, brokerState: 'Stable' });
      expect(reasonOf(row, 'backlog')?.kind).toBe('none');
      const [member] = row.members ?? [];
      expect(member).toMatchObject({ client: 'fill', host: '127.0.0.1' });
      expect(row.partitions?.map(({ consumer: reader }) => reader)).toEqual([member?.id, member?.id]);
      const unread = rowOf(reading, 'kafka/unread');
      expect(unread).toMatchObject({ group: null, backlog: null, produced: 7, retained: 7 });
      expect(reasonOf(unread, 'backlog')).toEqual({ kind: 'none', reason: 'no consumer group reads this topic' });
    } finally {
      await consumer.disconnect();
    }
  });

  it('counts what retention took away unread as lost, not as waiting', async () => {
    await fill.topic('truncated', 1);
    await fill.produce('truncated', [20]);
    await fill.commit('late', { truncated: [4] });
    await fill.admin.deleteTopicRecords({ topic: 'truncated', partitions: [{ partition: 0, offset: '15' }] });
    const row = rowOf(await sweep(opened(kafka.bootstrap)), 'kafka/truncated/late');
    expect(row).toMatchObject({ backlog: 5, lost: 11, produced: 20, consumed: 15, retained: 5 });
  });

  it('counts records of an open transaction as waiting', async () => {
    await fill.topic('payments', 1);
    await fill.produce('payments', [10]);
    await fill.commit('ledger', { payments: [10] });
    const producer = fill.kafka.producer({ transactionalId: 'open', idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const transaction = await producer.transaction();
    try {
      await transaction.send({ topic: 'payments', messages: Array.from({ length: 7 }, () => ({ value: 'x' })) });
      const row = rowOf(await sweep(opened(kafka.bootstrap)), 'kafka/payments/ledger');
      expect(row).toMatchObject({ backlog: 7, produced: 17, consumed: 10, approximate: {} });
    } finally {
      await transaction.abort();
      await producer.disconnect();
    }
  });

  it.skipIf(kafka.jars === null)('tells the markers of transactions from messages', async () => {
    await fill.topic('settled', 1);
    const producer = ['org.apache.kafka.tools.ProducerPerformance', '--topic', 'settled', '--record-size', '10'];
    const transactions = ['--num-records', '7', '--throughput', '-1', '--transactional-id', 'settler'];
    const address = ['--producer-props', `bootstrap.servers=${kafka.bootstrap}`];
    await run('java', ['-cp', path.join(kafka.jars ?? '', '*'), ...producer, ...transactions, ...address]);
    // All seven are read: what is left is the marker that ended their transaction.
    await fill.commit('settling', { settled: [7] });
    const source = opened(kafka.bootstrap, [{ broker: 'kafka', destination: 'settled', group: 'settling' }]);
    const judged = async () => {
      const { broker, queues } = await sweep(source);
      const seen: Omit<Sweep, 'at'> = { version: 1, brokers: [broker], queues, stages: [], steps: [] };
      const sweeps = [0, 10, 20].map((seconds): Sweep => ({ ...seen, at: new Date(seconds * 1000).toISOString() }));
      return analyze(observe(sweeps), null, { objectives: defaultObjectives, now: 20_000 }).queues[0];
    };
    const left = await judged();
    expect(left).toMatchObject({ backlog: 1, state: 'idle', severity: 'ok' });
    expect(left?.reason).toMatch(/1 offset left over 1 partition can be transaction markers, not messages/);
    await fill.produce('settled', [3]);
    expect((await judged())?.reason).not.toMatch(/markers/);
  });

  it('says of a compacted topic that its offsets are more than messages', async () => {
    const configEntries = [{ name: 'cleanup.policy', value: 'compact' }];
    await fill.admin.createTopics({ waitForLeaders: false, topics: [{ topic: 'accounts', configEntries }] });
    await fill.answers('accounts', 1);
    await fill.produce('accounts', [5]);
    await fill.commit('audit', { accounts: [2] });
    const row = rowOf(await sweep(opened(kafka.bootstrap)), 'kafka/accounts/audit');
    expect(row).toMatchObject({ backlog: 3, retained: 5 });
    const note = 'compacted topic: offsets are more than messages';
    expect(row.approximate).toMatchObject({ backlog: note, waiting: note, retained: note });
  });

  it('drops a deleted topic and keeps the rows of the others', async () => {
    await fill.topic('doomed', 1);
    await fill.topic('staying', 1);
    await fill.produce('staying', [3]);
    await fill.commit('both', { doomed: [0], staying: [1] });
    const source = opened(kafka.bootstrap);
    rowOf(await sweep(source), 'kafka/doomed/both');
    await fill.admin.deleteTopics({ topics: ['doomed'] });
    let reading = await sweep(source);
    await until('the deletion shows', async () => {
      reading = await sweep(source);
      return reading.queues.every(({ destination }) => destination !== 'doomed');
    });
    expect(reading.broker.state).toBe('ok');
    expect(rowOf(reading, 'kafka/staying/both').backlog).toBe(2);
  });

  it('reads a topic that was deleted and made again between two sweeps as a new one', async () => {
    await fill.topic('remade', 1);
    await fill.produce('remade', [10]);
    await fill.commit('remaker', { remade: [4] });
    const source = opened(kafka.bootstrap);
    expect(rowOf(await sweep(source), 'kafka/remade/remaker')).toMatchObject({ backlog: 6, produced: 10 });
    await fill.admin.deleteTopics({ topics: ['remade'] });
    await until('the name is free', async () => !(await fill.admin.listTopics()).includes('remade'));
    await fill.topic('remade', 1);
    await fill.produce('remade', [3]);
    await until('the old commit is gone and nobody reads the new topic', async () => {
      const { queues } = await sweep(source);
      return queues.some(({ id, produced }) => id === 'kafka/remade' && produced === 3);
    });
    await fill.commit('remaker', { remade: [1] });
    const row = rowOf(await sweep(source), 'kafka/remade/remaker');
    expect(row).toMatchObject({ backlog: 2, produced: 3, consumed: 1, lost: 0 });
    expect(row.approximate.backlog).toBeUndefined();
  });

  it('takes a topic that was made again with more records before anybody looked for another one', async () => {
    await fill.topic('regrown', 1);
    await fill.produce('regrown', [10]);
    await fill.commit('regrower', { regrown: [4] });
    const named = [{ broker: 'kafka', destination: 'regrown', group: 'regrower' }];
    const source = opened(kafka.bootstrap, named);
    expect(rowOf(await sweep(source), 'kafka/regrown/regrower')).toMatchObject({ backlog: 6, produced: 10 });
    expect(rowOf(await sweep(source), 'kafka/regrown/regrower').ageSeconds).toBeGreaterThan(0);
    await fill.admin.deleteTopics({ topics: ['regrown'] });
    await until('the name is free', async () => !(await fill.admin.listTopics()).includes('regrown'));
    await fill.topic('regrown', 1);
    await fill.produce('regrown', [30]);
    await until('the commits are those of the new topic', async () => {
      await fill.commit('regrower', { regrown: [1] });
      const committed = await fill.admin.fetchOffsets({ groupId: 'regrower', topics: ['regrown'] });
      return committed[0]?.partitions[0]?.offset === '1';
    });
    const row = rowOf(await sweep(source), 'kafka/regrown/regrower');
    // Below what was counted before, so that it reads as a counter that began anew and not as twenty arrivals.
    expect(row).toMatchObject({ backlog: 29, produced: 0, consumed: -29, retained: 30, ageSeconds: null });
    await fill.produce('regrown', [5]);
    expect(rowOf(await sweep(source), 'kafka/regrown/regrower')).toMatchObject({ backlog: 34, produced: 5 });
  });

  it('tells a topic that does not exist as unknown when it was asked for, and does not make it', async () => {
    const named = [{ broker: 'kafka', destination: 'nowhere', group: 'nobody' }];
    const row = rowOf(await sweep(opened(kafka.bootstrap, named)), 'kafka/nowhere/nobody');
    expect(row.backlog).toBeNull();
    expect(reasonOf(row, 'backlog')).toEqual({
      kind: 'unknown',
      reason: 'the broker does not know this topic (any more)',
    });
    expect(await fill.admin.listTopics()).not.toContain('nowhere');
  });

  it.skipIf(kafka.jars === null)('reads members of a group of the new protocol', async () => {
    await fill.topic('modern', 2);
    await fill.produce('modern', [5, 5]);
    const source = opened(kafka.bootstrap);
    const rowOfGroup = async (wanted: string) => (await sweep(source)).queues.find(({ group }) => group === wanted);
    const [modern, shared] = await Promise.all([
      consoleReader('ConsoleConsumer', ['modern', 'modern-readers', '--from-beginning'], async () => {
        return (await rowOfGroup('modern-readers'))?.backlog === 0;
      }),
      consoleReader('ConsoleShareConsumer', ['modern', 'modern-sharers'], async () => {
        return (await rowOfGroup('modern-sharers'))?.consumers === 1;
      }),
    ]);
    running.push(modern, shared);
    const reading = await sweep(source);
    const row = rowOf(reading, 'kafka/modern/modern-readers');
    expect(row).toMatchObject({ backlog: 0, consumed: 10, consumers: 1, brokerState: 'Stable', queueType: 'consumer' });
    expect(row.partitions?.every(({ consumer }) => consumer === row.members?.[0]?.id)).toBe(true);
    expect(row.rebalances).toBeGreaterThan(0);
    expect(row.approximate).toEqual({});
    const share = rowOf(reading, 'kafka/modern/modern-sharers');
    expect(share).toMatchObject({
      backlog: null,
      produced: 10,
      consumers: 1,
      brokerState: 'Stable',
      queueType: 'share',
    });
    expect(share.rebalances).toBeGreaterThan(0);
    expect(share.partitions, 'all its members may read all of them').toBeNull();
    expect(reasonOf(share, 'backlog')?.reason).toBe('a share group commits no offsets to measure by');
    expect(reading.queues.some(({ missing }) => missing.backlog?.reason.includes('modern-sharers'))).toBe(false);
    await shared.stop();
    await until('the share group is empty, and still listed', async () => {
      const left = await rowOfGroup('modern-sharers');
      return left?.brokerState === 'Empty' && left.consumers === 0;
    });
    await modern.stop();
    await until('the group of the new protocol is empty, not dead', async () => {
      const left = await rowOfGroup('modern-readers');
      return left?.brokerState === 'Empty' && left.consumers === 0 && left.rebalances === row.rebalances;
    });
  });

  it.skipIf(kafka.saslBootstrap === null)('lets a denied group or topic cost its own row only', async () => {
    await fill.topic('shared', 1);
    await fill.produce('shared', [9]);
    await fill.commit('allowed', { shared: [2] });
    await fill.commit('secret', { shared: [3] });
    await fill.allowDescribe('alice', AclResourceTypes.CLUSTER, 'kafka-cluster');
    await fill.allowDescribe('alice', AclResourceTypes.TOPIC, 'shared');
    await fill.allowDescribe('alice', AclResourceTypes.GROUP, 'allowed');
    const { username, password } = kafkaUsers.alice;
    const address = (query: string) => `${username}:${password}@${kafka.saslBootstrap ?? ''}?sasl=${query}`;
    const denied = { kind: 'unknown', reason: 'denied: the user needs Describe on this group' };
    const everything = await sweep(opened(address('scram-sha-512')));
    expect(everything.broker.state).toBe('ok');
    expect(rowOf(everything, 'kafka/shared/allowed').backlog).toBe(7);
    expect(reasonOf(rowOf(everything, 'kafka/*/secret'), 'backlog')).toEqual(denied);
    const named = ['allowed', 'secret'].map((group) => ({ broker: 'kafka', destination: 'shared', group }));
    const hidden = { broker: 'kafka', destination: 'orders', group: 'allowed' };
    const asked = await sweep(opened(address('plain'), [...named, hidden]));
    expect(rowOf(asked, 'kafka/shared/allowed').backlog).toBe(7);
    expect(reasonOf(rowOf(asked, 'kafka/shared/secret'), 'backlog')).toEqual(denied);
    expect(rowOf(asked, 'kafka/shared/secret').produced).toBe(9);
    expect(reasonOf(rowOf(asked, 'kafka/orders/allowed'), 'backlog')?.reason).toBe(
      'denied: the user needs Describe on this topic',
    );
  });

  it('reads the same commits and states by the requests of older brokers', async () => {
    const [host = '', port] = kafka.bootstrap.split(':');
    const node = new Node(host, Number(port), { tls: null, sasl: null, logger: kafkajsLogger(() => undefined) });
    try {
      const calls = new Calls(5000, []);
      await calls.connect(node);
      const groupsUpTo = async (lists: number, fetches: number) => {
        const offered = { 16: { minVersion: 0, maxVersion: lists }, 9: { minVersion: 0, maxVersion: fetches } };
        const older = Object.create(node, { versions: { value: { ...node.versions, ...offered } } }) as Node;
        const { groups } = await readGroups(calls, older, () => new Set(['billing', 'half']));
        // Only since 3.8 does the list tell the type.
        return groups.map((g) => ({ ...g, type: null })).sort((a, b) => a.name.localeCompare(b.name));
      };
      const topicsBy = async (version: number) => {
        const { brokers, topics } = await calls.ask(node, metadata(null, version));
        const known = topics.map((topic) => ({ ...topic, id: null }));
        return { brokers, ids: topics.map(({ id }) => id), topics: known.sort((a, b) => (a.name < b.name ? -1 : 1)) };
      };
      const [plain, flexible] = [await topicsBy(5), await topicsBy(10)];
      expect(flexible.topics).toEqual(plain.topics);
      expect(flexible.brokers).toEqual(plain.brokers);
      expect(new Set(flexible.ids).size).toBe(flexible.topics.length);
      const today = await groupsUpTo(5, 9);
      expect(today.map(({ name, state }) => [name, state])).toEqual([
        ['billing', 'Empty'],
        ['half', 'Empty'],
      ]);
      expect(await groupsUpTo(4, 8)).toEqual(today);
      expect(await groupsUpTo(3, 7)).toEqual(today);
    } finally {
      node.drop();
    }
  });

  it('reads only the topics and groups that fit the expressions of its URL', async () => {
    for (const topic of ['shop-orders', 'shop-refunds', 'stock']) {
      await fill.topic(topic, 1);
      await fill.produce(topic, [3]);
    }
    await fill.commit('shop-app', { 'shop-orders': [1], stock: [1] });
    await fill.commit('audit-app', { 'shop-orders': [2] });
    const read = async (filters: string) => sweep(opened(`${kafka.bootstrap}?${filters}`));
    const ids = ({ queues }: SourceReading) => queues.map(({ id }) => id).sort();
    const both = await read('topics=^shop-&groups=^shop-.*p$');
    expect(ids(both)).toEqual(['kafka/shop-orders/shop-app', 'kafka/shop-refunds']);
    expect(rowOf(both, 'kafka/shop-orders/shop-app').backlog).toBe(2);
    expect(reasonOf(rowOf(both, 'kafka/shop-refunds'), 'backlog')).toEqual({
      kind: 'unknown',
      reason: 'only the groups that fit groups=… are read: others may read it',
    });
    expect(ids(await read('topics=^s(hop-orders|tock)$&groups=-app$'))).toEqual([
      ...['kafka/shop-orders/audit-app', 'kafka/shop-orders/shop-app', 'kafka/stock/shop-app'],
    ]);
    await fill.topic('a'.repeat(60), 1);
    await expect(read('topics=^(a+)+b$')).rejects.toMatchObject({
      code: 'unsupported',
      next: 'write it without one repetition inside another, such as (a+)+',
    });
  });

  it('gives a reason for every figure that is null', async () => {
    const { broker, queues } = await sweep(opened(kafka.bootstrap));
    for (const row of queues) {
      expect(queueReading.parse(row)).toEqual(row);
      for (const figure of queueFigures) {
        const told = figure in row.missing || broker.notApplicable.includes(figure);
        expect(told, `${row.id} ${figure}`).toBe(row[figure] === null);
      }
    }
    expect(queues.map(({ destination }) => destination)).not.toContain('__consumer_offsets');
  });

  it('says what to do when nothing listens, nothing answers or nobody is let in', async () => {
    const [nobody = 0, mutePort = 0] = await freePorts(2);
    await expect(sweep(opened(`127.0.0.1:${nobody}`))).rejects.toMatchObject({
      code: 'unreachable',
      message: `127.0.0.1:${nobody}: nothing listens there`,
      next: 'check host and port, and that the broker is running',
    });
    const mute = createServer(() => undefined).listen(mutePort, '127.0.0.1');
    const began = performance.now();
    await expect(sweep(opened(`127.0.0.1:${mutePort}`), 500)).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - began).toBeLessThan(5000);
    mute.close();
    const withDeadSeed = await sweep(opened(`127.0.0.1:${nobody},${kafka.bootstrap}`));
    expect(withDeadSeed.broker.state).toBe('ok');
  });

  it.skipIf(kafka.saslBootstrap === null)('says what is wrong with credentials and TLS', async () => {
    const saslBootstrap = kafka.saslBootstrap ?? '';
    for (const mechanism of ['plain', 'scram-sha-256', 'scram-sha-512']) {
      await expect(sweep(opened(`admin:wrong@${saslBootstrap}?sasl=${mechanism}`))).rejects.toMatchObject({
        code: 'denied',
        message: `${saslBootstrap}: user name or password refused`,
      });
    }
    await expect(sweep(opened(saslBootstrap))).rejects.toMatchObject({ code: 'denied' });
    await expect(sweep(opened(`admin:admin-secret@${kafka.bootstrap}`))).rejects.toMatchObject({
      message: `${kafka.bootstrap}: this port asks for no credentials`,
    });
    const tls = open(parseBrokerUrl(`kafkas://${kafka.bootstrap}`), { wanted: null, log: () => undefined });
    sources.push(tls);
    await expect(sweep(tls)).rejects.toMatchObject({ code: 'tls' });
  });

  it('leaves no connection and no timer behind', async () => {
    const held = () => {
      const kinds = process.getActiveResourcesInfo().filter((kind) => /TCP|TLS|Timeout/.test(kind));
      return kinds.length;
    };
    const before = held();
    const source = opened(kafka.bootstrap);
    await sweep(source);
    const [nobody = 0] = await freePorts(1);
    const failing = opened(`127.0.0.1:${nobody}`);
    await sweep(failing).catch(() => undefined);
    const cut = sweep(source).catch((error: unknown) => error);
    await Promise.all([source.close(), failing.close()]);
    await source.close();
    expect(await cut).toMatchObject({ message: 'the source was closed' });
    await until('connections and timers are gone', () => Promise.resolve(held() <= before));
  });

  it('lets nobody ask over a connection before it is known what the broker offers', async () => {
    const [host = '', port = ''] = kafka.bootstrap.split(':');
    const node = new Node(host, Number(port), { tls: null, sasl: null, logger: kafkajsLogger(() => undefined) });
    const offered: number[] = [];
    const ask = async () => {
      await node.connect();
      offered.push(Object.keys(node.versions).length);
    };
    const first = ask();
    while (!node.connected) await new Promise(setImmediate);
    await Promise.all([first, ask(), ask()]);
    node.drop();
    expect(offered.filter((apis) => apis > 10)).toHaveLength(3);
  });
});
