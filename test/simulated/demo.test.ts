import { describe, expect, it } from 'vitest';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { refMatches } from '../../src/model/pipeline';
import { queueFigures, sweep as sweepSchema } from '../../src/model/sweep';
import { demoSweeps, open } from '../../src/measure/demo/index';
import { demoPipeline } from '../../src/measure/demo/pipeline';
import { scenarioNames } from '../../src/measure/demo/scenarios';

const opened = Date.UTC(2026, 0, 1);
const options = { wanted: null, log: () => undefined };
const config = (url: string) => parseBrokerUrl(url);

describe('the demo', () => {
  it('opens with the numbers it is known for: 85,000 wait and grow by 750/s', () => {
    const [first, last] = [demoSweeps('', opened, 60, 60)[0], demoSweeps('', opened, 60, 60)[1]];
    const row = last?.queues.find(({ destination }) => destination === 'validated');
    expect(Math.abs((row?.backlog ?? 0) - 85_000)).toBeLessThan(100);
    expect(row?.arrivalRate).toBeCloseTo(1050, -1);
    expect(row?.departureRate).toBeCloseTo(300, -1);
    expect(first?.at).toBe(new Date(opened - 60_000).toISOString());
    expect(last?.at).toBe(new Date(opened).toISOString());
  });

  it.each(scenarioNames)('%s fits its own pipeline, its schema and its own rules', (name) => {
    const pipeline = demoPipeline(name);
    const [, sweep] = demoSweeps(name, opened, 10, 10);
    if (!sweep) throw new Error('no sweep');
    expect(sweepSchema.parse(sweep)).toEqual(sweep);
    const consumed = pipeline.stages.flatMap(({ consumes }) => consumes);
    expect(consumed.map(({ id }) => id)).toEqual(sweep.queues.map(({ id }) => id));
    const produced = pipeline.stages.flatMap(({ produces }) => produces);
    expect(sweep.queues.every((queue) => produced.some((ref) => refMatches(ref, queue)))).toBe(true);
    expect(sweep.stages.map((stage) => stage.name)).toEqual(pipeline.stages.map((stage) => stage.name));
    const [broker] = sweep.brokers;
    for (const row of sweep.queues) {
      expect(row.backlog).toBe((row.produced ?? NaN) - (row.consumed ?? NaN));
      expect(row.partitions?.reduce((sum, { backlog }) => sum + (backlog ?? NaN), 0)).toBe(row.backlog);
      const unexplained = queueFigures.filter(
        (field) => row[field] === null && !row.missing[field] && !broker?.notApplicable.includes(field),
      );
      expect(unexplained).toEqual([]);
      expect(Object.keys(row.missing).filter((field) => row[field as 'backlog'] !== null)).toEqual([]);
    }
  });

  const growth = (name: string) => {
    const [first, last] = demoSweeps(name, opened, 60, 60);
    return Object.fromEntries(
      (last?.queues ?? []).map(({ destination, backlog, consumers, partitions, departureRate }, index) => [
        destination,
        {
          perSecond: ((backlog ?? NaN) - (first?.queues[index]?.backlog ?? NaN)) / 60,
          partitions: (partitions ?? []).map(
            (partition, p) =>
              ((partition.backlog ?? NaN) - (first?.queues[index]?.partitions?.[p]?.backlog ?? NaN)) / 60,
          ),
          consumers,
          departureRate,
          backlog,
        },
      ]),
    );
  };

  it('healthy backs up nowhere', () => {
    const healthy = Object.values(growth('healthy'));
    expect(healthy).not.toEqual([]);
    for (const { perSecond, backlog } of healthy) {
      expect(Math.abs(perSecond)).toBeLessThan(10);
      expect(backlog).toBeLessThan(2000);
    }
  });

  it('partition-limited grows evenly with idle consumers beside it', () => {
    const { validated } = growth('partition-limited');
    expect(validated?.perSecond).toBeCloseTo(450, -2);
    expect(validated?.consumers).toBeGreaterThan(validated?.partitions.length ?? Infinity);
    expect(Math.max(...(validated?.partitions ?? [])) / (validated?.perSecond ?? NaN)).toBeLessThan(0.3);
  });

  it('hot-partition grows in one partition', () => {
    const { validated } = growth('hot-partition');
    expect((validated?.partitions[0] ?? NaN) / (validated?.perSecond ?? NaN)).toBeGreaterThan(0.95);
    expect(validated?.perSecond).toBeGreaterThan(200);
  });

  it('stuck-consumer finishes nothing though its consumers are there, no-consumer has none', () => {
    expect(growth('stuck-consumer').validated).toMatchObject({ departureRate: 0, consumers: 10 });
    expect(growth('no-consumer').validated).toMatchObject({ departureRate: 0, consumers: 0 });
  });

  it('draining gets smaller and has a while to go', () => {
    const { validated } = growth('draining');
    expect(validated?.perSecond).toBeCloseTo(-450, -2);
    expect(validated?.backlog).toBeGreaterThan(500_000);
  });

  it('is one broker from its past minutes into its live ones', async () => {
    const source = open(config('demo:'), options);
    const request = { at: opened, signal: new AbortController().signal, callTimeoutMs: 1000 };
    const { queues } = await source.sweep(request);
    const past = demoSweeps('', opened, 300, 10).at(-1);
    const counters = (rows: typeof queues) => rows.map(({ id, produced, consumed }) => [id, produced, consumed]);
    expect(counters(queues)).toEqual(counters(past?.queues ?? []));
    const later = await source.sweep({ ...request, at: opened + 10_000 });
    expect((later.queues[1]?.backlog ?? NaN) - (queues[1]?.backlog ?? NaN)).toBeCloseTo(7500, -3);
    await source.close();
  });

  it('names the scenarios it has when asked for another', () => {
    for (const name of ['nonsense', 'constructor', '__proto__']) {
      expect(() => open(config(`demo:${name}`), options)).toThrow(`no scenario "${name}"`);
    }
    try {
      demoPipeline('nonsense');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'unsupported',
        next: expect.stringContaining('demo:partition-limited') as string,
      });
    }
  });

  it('begins anew after the machine slept for days instead of computing them', async () => {
    const source = open(config('demo:'), options);
    const request = { signal: new AbortController().signal, callTimeoutMs: 1000 };
    const before = await source.sweep({ ...request, at: opened });
    const after = await source.sweep({ ...request, at: opened + 5 * 86_400_000 });
    expect(after.queues.map(({ backlog }) => backlog)).toEqual(before.queues.map(({ backlog }) => backlog));
  });
});
