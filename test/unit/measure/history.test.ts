import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { demoSweeps } from '../../../src/measure/demo/index';
import { History } from '../../../src/measure/history';
import { observe, type Observation } from '../../../src/model/series';
import { stageReading, type Sweep } from '../../../src/model/sweep';
import { brokerRow, queueRow, sweepAt } from './rows';

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const byId = (observation: Observation) => ({
  ...observation,
  queues: [...observation.queues].sort((a, b) => (a.id < b.id ? -1 : 1)),
  stages: observation.stages
    .map(({ first, latest, seconds }) => ({ first, latest, seconds }))
    .sort((a, b) => (a.latest.name < b.latest.name ? -1 : 1)),
});

/** A few sweeps in which queues and stages come and go and figures are missing. */
const sweeps: fc.Arbitrary<Sweep[]> = fc
  .array(
    fc.record({
      pause: fc.integer({ min: 1, max: 100_000 }),
      queues: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.option(fc.nat())),
      stages: fc.dictionary(fc.constantFrom('s', 't'), fc.nat()),
    }),
    { maxLength: 20 },
  )
  .map((steps) => {
    let at = start;
    return steps.map(({ pause, queues, stages }) =>
      sweepAt(
        (at += pause),
        Object.entries(queues).map(([id, backlog]) => queueRow(id, { backlog, produced: backlog })),
        {
          stages: Object.entries(stages).map(([name, processedTotal]) => stageReading.parse({ name, processedTotal })),
          brokers: [brokerRow(String(at))],
        },
      ),
    );
  });

const filled = (all: readonly Sweep[], keepMs?: number) => {
  const history = new History(keepMs === undefined ? {} : { keepMs });
  for (const sweep of all) history.add(sweep);
  return history;
};

describe('the history', () => {
  it('gives what observe gives for the same sweeps, for any part of them', () => {
    fc.assert(
      fc.property(sweeps, fc.nat(2_000_000), (all, offset) => {
        const history = filled(all);
        expect(byId(history.observation())).toEqual(byId(observe(all)));
        const since = start + offset;
        expect(byId(history.observation(since))).toEqual(byId(observe(all, since)));
        expect(observe(all, since)).toMatchObject(history.span(since));
        expect(history.latest).toBe(all.at(-1) ?? null);
      }),
    );
  });

  it('carries partitions and stages of the demo', () => {
    const all = demoSweeps('hot-partition', start, 300, 5);
    expect(byId(filled(all).observation(start - 60_000))).toEqual(byId(observe(all, start - 60_000)));
  });

  it('tells every queue the same sweeps though newer ones take the place of old ones while it tells them', () => {
    const sweep = (i: number) =>
      sweepAt(
        start + i * 1000,
        ['a', 'b'].map((id) => queueRow(id, { backlog: 10 * i, produced: i })),
      );
    const history = filled(
      Array.from({ length: 4 }, (_, i) => sweep(i)),
      3000,
    );
    const seen: (readonly number[])[] = [];
    for (const { at, backlog } of history.series(() => -Infinity)) {
      seen.push(
        [...at].map((moment) => (moment - start) / 100),
        [...backlog],
      );
      if (seen.length === 2) for (const i of [4, 5]) history.add(sweep(i));
    }
    // The second queue has lost its two oldest sweeps meanwhile, and shows nothing of the two newest.
    expect(seen).toEqual([
      [0, 10, 20, 30],
      [0, 10, 20, 30],
      [20, 30],
      [20, 30],
    ]);
  });

  it('forgets what is older than an hour, and queues not listed since', () => {
    const history = new History();
    history.add(sweepAt(start, [queueRow('gone', { backlog: 1 }), queueRow('here', { backlog: 1 })]));
    history.add(sweepAt(start + 10_000, [queueRow('here', { backlog: 2 })]));
    history.add(sweepAt(start + hour, [queueRow('here', { backlog: 3 })]));
    expect(history.observation()).toMatchObject({ samples: 3, queues: [{ id: 'gone' }, { id: 'here' }] });
    history.add(sweepAt(start + hour + 1000, [queueRow('here', { backlog: 4 })]));
    const { from, queues } = history.observation();
    expect(from).toBe(start + 10_000);
    expect(queues.map(({ id, backlog }) => [id, [...backlog]])).toEqual([['here', [2, 3, 4]]]);
    expect(history.recent('gone', hour)).toEqual([]);
  });

  it('keeps less of the older half rather than growing when sweeps come every second', () => {
    const history = filled(
      Array.from({ length: 3600 }, (_, s) => sweepAt(start + s * 1000, [queueRow('q', { backlog: s })])),
    );
    const { samples, from, to, queues } = history.observation();
    expect(samples).toBeLessThanOrEqual(400);
    expect([from, to]).toEqual([start, start + 3_599_000]);
    const [at = [], backlog = []] = [queues[0]?.at, queues[0]?.backlog].map((figures) => [...(figures ?? [])]);
    expect(at.every((ms, i) => backlog[i] === (ms - start) / 1000)).toBe(true);
    expect(at.slice(-150).map((ms) => ms - start)).toEqual(Array.from({ length: 150 }, (_, i) => (3450 + i) * 1000));
    expect(history.recent('q', 60_000)).toHaveLength(61);
  });

  it('leaves unknown backlogs out of what a chart draws', () => {
    const history = filled([
      sweepAt(start, [queueRow('q', { backlog: 1 })]),
      sweepAt(start + 1000, [queueRow('q')]),
      sweepAt(start + 2000, [queueRow('q', { backlog: 0 })]),
    ]);
    expect(history.recent('q', hour)).toEqual([
      [start, 1],
      [start + 2000, 0],
    ]);
    expect(history.recent('q', 1000)).toEqual([[start + 2000, 0]]);
    expect(history.recent('nobody', hour)).toEqual([]);
  });

  it('takes the later of two sweeps of one moment, and begins anew after the clock was set back', () => {
    const history = filled([
      sweepAt(start, [queueRow('other', { backlog: 9 })]),
      sweepAt(start, [queueRow('q', { backlog: 1 })]),
    ]);
    expect(history.observation()).toMatchObject({ samples: 1, queues: [{ id: 'q', backlog: Float64Array.of(1) }] });
    history.add(sweepAt(start - hour, [queueRow('q', { backlog: 2 })]));
    expect(history.observation()).toMatchObject({ samples: 1, queues: [{ backlog: Float64Array.of(2) }] });
  });

  it('is empty after it was cleared', () => {
    const history = filled(demoSweeps('', start, 60, 10));
    history.clear();
    expect(history.observation()).toEqual(observe([]));
    expect(history.latest).toBeNull();
  });

  it('stays as large as it is once full: 1,000 queues, 450 sweeps', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const rows = Array.from({ length: 1000 }, (_, i) =>
      queueRow(`queue-${i}`, { backlog: i, produced: i, consumed: 0 }),
    );
    const history = new History();
    const add = (sweep: number) =>
      history.add({ ...sweepAt(start + sweep * 10_000, []), queues: rows.map((row) => ({ ...row, backlog: sweep })) });
    const empty = used();
    for (let sweep = 0; sweep < 400; sweep++) add(sweep);
    const [full, fullBytes] = [used() - empty, history.bytes];
    for (let sweep = 400; sweep < 450; sweep++) add(sweep);
    const later = used() - empty;
    expect((later - history.bytes) / (full - fullBytes), 'what is kept beside the columns').toBeLessThan(1.1);
    expect(history.bytes / 1000, 'bytes a queue: an hour and 75 minutes of 25 bytes each').toBe(25 * (400 + 128));
    expect(history.shortened).toBeNull();
    const { queues, samples } = history.observation();
    expect([samples, queues.length, queues[0]?.backlog.length]).toEqual([361, 1000, 361]);
    expect(queues[0]?.latest.backlog).toBe(449);
    // Few whole rows are left of so many queues, but they reach back and into the last minute.
    expect(queues[0]?.first.backlog).toBeLessThan(449 - 90);
    expect(history.observation(start + 445 * 10_000).queues[0]?.first.backlog).toBeGreaterThanOrEqual(445);
  }, 60_000);

  it('keeps a bounded number of queues that went, and of what is said beside their figures', () => {
    const history = new History();
    const member = { id: 'm', client: null, host: null, inFlight: null, idleSeconds: null, prefetch: null };
    const crowd = queueRow('crowd', { members: Array<typeof member>(20_000).fill(member) });
    const names = (sweep: number) => Array.from({ length: 1000 }, (_, i) => `job-${sweep}-${i}`);
    const template = queueRow('job', { backlog: 1 });
    for (let sweep = 0; sweep < 30; sweep++) {
      const jobs = names(sweep).map((id) => ({ ...template, id }));
      history.add({ ...sweepAt(start + sweep * 10_000, []), queues: [{ ...crowd, backlog: sweep }, ...jobs] });
    }
    const ids = new Set(history.observation().queues.map(({ id }) => id));
    expect(ids.size).toBeLessThanOrEqual(1 + 1000 + 20_000);
    expect(
      names(25).filter((id) => !ids.has(id)),
      'the youngest are kept',
    ).toEqual([]);
    expect(history.reading('job-29-0')).not.toBeNull();
    expect([history.trace('job-0-0'), history.reading('job-0-0')]).toEqual([null, null]);
    // Two sweeps of so many members are kept whole at most: the first one, and what follows it closely is not.
    expect(history.observation(start + 10_000).queues.find(({ id }) => id === 'crowd')?.first.backlog).toBe(29);
  });

  it('takes no more memory for more queues, keeps what is older more coarsely, and says so', () => {
    const sweepOf = (queues: number, sweep: number) =>
      sweepAt(
        start + sweep * 10_000,
        Array.from({ length: queues }, (_, i) => queueRow(`queue-${i}`, { backlog: sweep, ageSeconds: i })),
      );
    const memory = 70_000;
    const history = new History({ memory });
    for (let sweep = 0; sweep < 60; sweep++) history.add(sweepOf(20, sweep));
    expect([history.bytes, history.shortened], '13 bytes of each queue and sweep').toEqual([20 * 13 * (64 + 16), null]);
    for (let sweep = 60; sweep < 80; sweep++) history.add(sweepOf(200, sweep));
    expect(history.bytes).toBeLessThanOrEqual(memory);
    expect(history.shortened).toMatch(/^200 queues share the memory for history: the older a part of the last hour/);
    const { at = [], backlog = [] } = history.trace('queue-7') ?? {};
    expect([at[0], at.at(-1)]).toEqual([start, start + 79 * 10_000]);
    expect(at.map((ms) => (ms - start) / 10_000)).toEqual(backlog);
    history.clear();
    expect([history.bytes, history.shortened]).toEqual([0, null]);
  }, 60_000);

  it('keeps a day at one reading a minute, and the last hour of it whole', () => {
    const history = new History();
    const seconds = 25 * 3600;
    for (let second = 0; second <= seconds; second += second < 24 * 3600 ? 30 : 10) {
      history.add(sweepAt(start + second * 1000, [queueRow('q', { backlog: second, ageSeconds: 5 })]));
    }
    const end = start + seconds * 1000;
    const { at, backlog, age } = history.trace('q', 'day') ?? { at: [], backlog: [], age: [] };
    expect([at[0], at.at(-1)]).toEqual([end - 24 * hour, end]);
    expect(at.every((ms, i) => backlog[i] === (ms - start) / 1000 && age[i] === 5)).toBe(true);
    expect(at.slice(0, 3).map((ms) => (ms - end) / 60_000)).toEqual([-1440, -1439, -1438]);
    expect([at.length, history.trace('q')?.at.length]).toEqual([23 * 60 + 361, 361]);
    expect(history.trace('nobody', 'day')).toBeNull();
    expect(history.shortened).toBeNull();
  });

  it('traces one queue with the age of its oldest message, and knows no other', () => {
    const history = new History();
    history.add(sweepAt(start, [queueRow('a', { backlog: 5, produced: 10, consumed: 5, ageSeconds: 2.5 })]));
    history.add(sweepAt(start + 10_000, [queueRow('b', { backlog: 1 })]));
    history.add(sweepAt(start + 20_000, [queueRow('a', { backlog: 7, produced: 15, consumed: 8, ageSeconds: null })]));
    expect(history.trace('a')).toEqual({
      at: [start, start + 20_000],
      backlog: [5, 7],
      produced: [10, 15],
      consumed: [5, 8],
      age: [2.5, NaN],
    });
    expect(history.trace('nowhere')).toBeNull();
  });
});
