import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Calls } from '../../src/measure/kafka/calls';
import { open } from '../../src/measure/kafka/index';
import { kafkajsLogger } from '../../src/measure/kafka/logger';
import { Node } from '../../src/measure/kafka/node';
import { readEdge } from '../../src/measure/kafka/readTopics';
import type { Source, SourceReading } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { QueueReading } from '../../src/model/sweep';
import { startKafka, type KafkaNode, type KafkaServer } from '../harness/kafka';
import { KafkaFill } from '../harness/kafkaFill';
import { kafkaJars } from '../harness/kafkaJars';
import { describeWith } from '../harness/need';
import { hang, until } from '../harness/process';

const groups = Array.from({ length: 12 }, (_, i) => `readers-${i}`);
const sweep = (source: Source, callTimeoutMs = 5000): Promise<SourceReading> =>
  source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs });
const sourceOf = ({ bootstrap }: KafkaServer) =>
  open(parseBrokerUrl(`kafka://${bootstrap}`), { wanted: null, log: () => undefined });

// Only where this run has a Kafka of its own can it have more of them.
describeWith(['kafka'], 'A Kafka of its own', ({ kafka }) => {
  describe.skipIf(kafka.jars === null)('', () => {
    // Fetched the first time: meanwhile the other tests run.
    let olderJars: Promise<unknown>;
    beforeAll(() => {
      olderJars = kafkaJars('3.9.1').catch(() => null);
    });

    describe('of three brokers', () => {
      let cluster: KafkaServer;
      let fill: KafkaFill;
      let source: Source;

      beforeAll(async () => {
        cluster = await startKafka({ brokers: 3, heap: '256m' });
        fill = new KafkaFill(cluster.bootstrap);
        await fill.connect();
        // One topic on each broker alone, so that it is known whose rows depend on whom.
        await fill.admin.createTopics({
          waitForLeaders: false,
          topics: cluster.nodes.map(({ id }) => ({
            topic: `on-${id}`,
            replicaAssignment: [0, 1].map((partition) => ({ partition, replicas: [id] })),
          })),
        });
        for (const { id } of cluster.nodes) {
          await fill.answers(`on-${id}`, 2);
          await fill.produce(`on-${id}`, [5, 5]);
        }
        for (const group of groups) await fill.commit(group, { 'on-1': [1, 2], 'on-2': [1, 2], 'on-3': [1, 2] });
        source = sourceOf(cluster);
      });
      afterAll(async () => {
        for (const { pid } of cluster.nodes) signal(pid, 'SIGCONT');
        await source.close();
        await fill.disconnect();
        await cluster.stop();
      });

      const rowsOn = ({ queues }: SourceReading, { id }: KafkaNode): QueueReading[] =>
        queues.filter(({ destination }) => destination === `on-${id}`);
      const right = (rows: readonly QueueReading[]) => rows.filter(({ backlog }) => backlog === 7);
      const allRight = async () => right((await sweep(source)).queues).length === 3 * groups.length;

      it('is read whole, each partition at its leader', async () => {
        const { broker, queues } = await sweep(source);
        expect(broker.state).toBe('ok');
        expect(right(queues)).toHaveLength(3 * groups.length);
      });

      it('says of a partition whose leader has moved since it was looked up that the next sweep asks there', async () => {
        const [, elsewhere] = cluster.nodes as [KafkaNode, KafkaNode];
        const [host = '', port] = elsewhere.address.split(':');
        const node = new Node(host, Number(port), { tls: null, sasl: null, logger: kafkajsLogger(() => undefined) });
        const calls = new Calls(5000, []);
        await calls.connect(node);
        const partition = { partition: 0, start: null, end: null, problem: null };
        await readEdge(calls, [node], new Map([['on-1', [partition]]]), 'end');
        node.drop();
        expect(partition).toMatchObject({
          end: null,
          problem: 'the partition is moving to another leader; the next sweep asks there',
        });
      });

      it('costs one deadline, not two, when one hangs, and only the rows that one has to tell', async () => {
        const [first, hung, third] = cluster.nodes as [KafkaNode, KafkaNode, KafkaNode];
        const deadlineMs = 1500;
        await hang(hung.pid);
        const began = performance.now();
        const reading = await sweep(source, deadlineMs);
        const took = performance.now() - began;
        signal(hung.pid, 'SIGCONT');
        expect(took).toBeGreaterThanOrEqual(deadlineMs);
        expect(took).toBeLessThan(1.9 * deadlineMs);
        expect(reading.broker).toMatchObject({
          state: 'partial',
          error: { code: 'timeout', message: `broker 2: ${hung.address}: no answer within 1.5 s` },
        });
        expect(reading.queues).toHaveLength(3 * groups.length);
        const kept = [...rowsOn(reading, first), ...rowsOn(reading, third)];
        const itsGroups = kept.filter(({ backlog }) => backlog === null);
        // With four partitions of __consumer_offsets on three brokers, each keeps some of the groups.
        expect(itsGroups.length).toBeGreaterThan(0);
        expect(right(kept)).toHaveLength(kept.length - itsGroups.length);
        expect(right(kept).length).toBeGreaterThan(0);
        for (const { missing } of itsGroups) {
          expect(missing.backlog?.reason).toBe('its coordinator, broker 2, did not answer');
        }
        for (const { missing } of rowsOn(reading, hung))
          expect(missing.backlog?.reason).toMatch(/broker 2, did not answer/);
        await until('all is right again', allRight);
      });

      it('leaves the rows of a dead leader unknown and the others right', async () => {
        const [first, second, dead] = cluster.nodes as [KafkaNode, KafkaNode, KafkaNode];
        signal(dead.pid, 'SIGKILL');
        let reading = await sweep(source);
        await until('its groups moved and its partitions have no leader', async () => {
          reading = await sweep(source);
          const moved = right([...rowsOn(reading, first), ...rowsOn(reading, second)]).length === 2 * groups.length;
          return moved && rowsOn(reading, dead).every(({ missing }) => missing.backlog?.reason.includes('no leader'));
        });
        expect(rowsOn(reading, dead)).toHaveLength(groups.length);
        expect(reading.queues).toHaveLength(3 * groups.length);
      });
    });

    it('of version 3.9 is read as one of 4.1 is', async () => {
      await olderJars;
      const older = await startKafka({ version: '3.9.1', heap: '256m' });
      const fill = new KafkaFill(older.bootstrap);
      const source = sourceOf(older);
      try {
        await fill.connect();
        await fill.topic('orders', 2);
        await fill.produce('orders', [6, 4]);
        await fill.commit('billing', { orders: [1, 4] });
        const { broker, queues } = await sweep(source);
        expect(broker).toMatchObject({ state: 'ok', error: null });
        expect(queues).toHaveLength(1);
        const read = { id: 'kafka/orders/billing', backlog: 5, produced: 10, consumed: 5, brokerState: 'Empty' };
        expect(queues[0]).toMatchObject({ ...read, consumers: 0 });
        const consumer = await fill.member('billing', 'orders');
        const [live] = (await sweep(source)).queues;
        await consumer.disconnect();
        expect(live).toMatchObject({ ...read, brokerState: 'Stable', consumers: 1 });
        const [member] = live?.members ?? [];
        expect(live?.partitions?.map(({ consumer: reader }) => reader)).toEqual([member?.id, member?.id]);
        await older.restart?.(async () => {
          await expect(sweep(source)).rejects.toMatchObject({
            code: 'unreachable',
            message: `${older.bootstrap}: nothing listens there`,
          });
        });
        await until('the same is read again', async () => {
          const again = await sweep(source);
          return again.queues[0]?.backlog === 5;
        });
        expect((await sweep(source)).queues).toMatchObject([read]);
      } finally {
        await Promise.all([source.close(), fill.disconnect()]);
        await older.stop();
      }
    }, 300_000);
  });
});

const signal = (pid: number, name: NodeJS.Signals) => {
  try {
    process.kill(-pid, name);
  } catch {
    // It is gone already.
  }
};
