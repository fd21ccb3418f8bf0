import { afterAll, beforeAll, expect, it } from 'vitest';
import { open } from '../../src/measure/kafka/index';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { QueueReading } from '../../src/model/sweep';
import { KafkaFill } from '../harness/kafkaFill';
import { describeWith } from '../harness/need';

describeWith(['kafka'], 'The age of what waits in Kafka', ({ kafka }) => {
  const [topic, group] = ['aging', 'slow'];
  const fill = new KafkaFill(kafka.bootstrap);
  const named = [{ broker: 'kafka', destination: topic, group }];
  const source = open(parseBrokerUrl(`kafka://${kafka.bootstrap}`), { wanted: named, log: () => undefined });
  const sweptAt: number[] = [];
  const sweep = async (): Promise<QueueReading> => {
    const at = Date.now();
    const { queues } = await source.sweep({ at, signal: new AbortController().signal, callTimeoutMs: 5000 });
    sweptAt.push(at);
    const row = queues.find((queue) => queue.group === group);
    if (!row) throw new Error('no row');
    return row;
  };

  beforeAll(async () => {
    await fill.connect();
    await fill.topic(topic, 1);
    await fill.produce(topic, [3]);
    await fill.commit(group, { [topic]: [0] });
  });
  afterAll(async () => {
    await source.close();
    await fill.disconnect();
  });

  it('is unknown at first sight, then a lower bound', async () => {
    const first = await sweep();
    expect(first.missing.ageSeconds).toMatchObject({ kind: 'unknown' });
    const second = await sweep();
    expect(second.ageSeconds).toBeGreaterThan(0);
    expect(second.ageSeconds).toBeLessThanOrEqual((Date.now() + 1 - sweptAt[0]!) / 1000);
    expect(second.approximate.ageSeconds).toContain('at least');
  });

  it('follows the timestamps of the records themselves to within two sweeps', async () => {
    const batches = 20;
    for (let batch = 0; batch < batches; batch++) {
      await fill.produce(topic, [1 + (batch % 7)]);
      await sweep();
    }
    const gaps = sweptAt.slice(1).map((at, i) => at - (sweptAt[i] ?? at));
    const stamps = await timestamps(fill, topic);
    expect(stamps.length).toBeGreaterThan(60);
    for (const offset of [3, 4, 10, 25, 40, stamps.length - 1]) {
      await fill.commit(group, { [topic]: [offset] });
      const asked = Date.now();
      const row = await sweep();
      expect(row.approximate.ageSeconds).toBeUndefined();
      const truth = (asked - stamps[offset]!) / 1000;
      // The ends are read within the sweep, so up to its own length later than asked.
      const tolerance = (Math.max(...gaps) + Date.now() - asked) / 1000;
      expect(Math.abs((row.ageSeconds ?? NaN) - truth)).toBeLessThanOrEqual(tolerance);
      expect(tolerance).toBeLessThan((asked - stamps[3]!) / 1000);
    }
    await fill.commit(group, { [topic]: [stamps.length] });
    expect((await sweep()).missing.ageSeconds).toEqual({ kind: 'none', reason: 'nothing waits' });
  });
});

/** When each record of a topic's only partition was made, by offset, as the broker keeps it. */
async function timestamps(fill: KafkaFill, topic: string): Promise<number[]> {
  const [log] = await fill.admin.fetchTopicOffsets(topic);
  const stamps: number[] = [];
  const consumer = fill.kafka.consumer({ groupId: `${topic}-witness` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve) => {
    void consumer.run({
      autoCommit: false,
      eachMessage: ({ message }) => {
        stamps[Number(message.offset)] = Number(message.timestamp);
        if (stamps.length === Number(log?.high)) resolve();
        return Promise.resolve();
      },
    });
  });
  await consumer.disconnect();
  return stamps;
}
