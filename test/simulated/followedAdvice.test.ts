import { describe, expect, it } from 'vitest';
import type { Event, Hop, Scenario } from '../../src/measure/demo/scenario';
import { Simulator } from '../../src/measure/demo/simulator';
import type { AdviceKind, Bottleneck, Recommendation } from '../../src/model/report';
import { seeded } from '../harness/observations';
import { opening, play, type Played } from '../harness/played';

/** Seconds after the opening at which the report is read and its advice followed. */
const followed = 60;
const runs = 2;

const even = (partitions: number) => Array.from({ length: partitions }, () => 1);

/**
 * `worker` is too slow for what arrives; `sink` behind it is fast enough for now, and perhaps for all of it. As many
 * instances as the target utilisation needs share the partitions evenly.
 */
function held(seed: number, more: Partial<Hop> = {}, sinkLimits = seed % 2 === 0): Scenario {
  const random = seeded(seed);
  const between = (low: number, high: number) => low + (high - low) * random();
  const arrivalRate = between(800, 2400);
  const needed = 8 + Math.floor(random() * 6);
  const hop = { capacity: null, commitSeconds: 0.2, maxInstances: 1000, costPerInstance: 10, partitions: even(6) };
  const worker: Hop = {
    ...{
      ...hop,
      destination: 'work',
      stage: 'worker',
      partitions: even(2 * needed),
      instances: Math.round(needed / 4),
    },
    // A hair above what is needed, so that what is measured does not ask for one more.
    ...{ ratePerInstance: (1.03 * arrivalRate) / (0.7 * needed), ...more },
  };
  const sink: Hop = {
    ...{ ...hop, destination: 'done', stage: 'sink', instances: 6 },
    ratePerInstance: (arrivalRate * (sinkLimits ? between(0.6, 0.75) : 4)) / 6,
  };
  const entry: Hop = { ...hop, destination: 'in', stage: 'entry', instances: 6, ratePerInstance: arrivalRate };
  return {
    ...{ source: 'source', arrivalRate: 0.2 * arrivalRate, bursts: null, seed, hops: [entry, worker, sink] },
    events: [{ seconds: -30 - Math.floor(random() * 60), arrivalRate }],
  };
}

interface Followed {
  bottleneck: Bottleneck;
  advice: Recommendation;
  /** Seconds from the advice until nothing waits but what has just come. */
  seconds: number;
  /** Once it is gone and the flow has settled. */
  after: Played;
}

/** Reads a report, does what its advice of that kind says, and plays on until the backlog is gone or should long be. */
function follow(scenario: Scenario, kind: AdviceKind, changesOf: (advice: Recommendation) => object[]): Followed {
  const before = play(scenario, { warmUp: 120 });
  const [bottleneck] = before.report.bottlenecks;
  const advice = bottleneck!.recommendations.find((one) => one.kind === kind)!;
  const changes = changesOf(advice).map((change) => ({ seconds: followed, ...change }) as Event);
  // The same seed comes to the same moment, and there the advice is followed.
  const simulator = new Simulator({ ...scenario, events: [...scenario.events, ...changes] }, opening, 120_000);
  const worker = simulator.hops.find(({ hop }) => hop.stage === bottleneck!.stage)!;
  const begin = opening + followed * 1000;
  const patience = 1.5 * (advice.drainSeconds ?? 0);
  simulator.advanceTo(begin);
  let [seconds, backlog] = [0, worker.queue.backlog];
  while (backlog > 0.01 * bottleneck!.backlog! && seconds < patience) {
    simulator.advanceTo(begin + ++seconds * 1000);
    backlog = worker.queue.backlog;
  }
  simulator.advanceTo(begin + (seconds + 30) * 1000);
  return { bottleneck: bottleneck!, advice, seconds, after: play(scenario, { simulator }) };
}

const worker = (change: object) => ({ stage: 'worker', ...change });
const seeds = Array.from({ length: runs }, (_, seed) => seed);

function expectGone({ bottleneck, advice, seconds, after }: Followed): void {
  expect(bottleneck.stage).toBe('worker');
  const promised = advice.drainSeconds!;
  expect(seconds).toBeGreaterThan(0.85 * promised);
  expect(seconds).toBeLessThan(1.15 * promised);
  expect(after.report.bottlenecks.map(({ stage }) => stage)).not.toContain('worker');
}

describe('the first advice, followed in the simulator,', { timeout: 60_000 }, () => {
  it.each(seeds)('to run more instances empties the backlog in its time, and next limits (%i)', (seed) => {
    const done = follow(held(seed), 'scale-out', ({ instances }) => [worker({ instances })]);
    expectGone(done);
    expect(done.after.report.bottlenecks[0]?.stage ?? null).toBe(done.bottleneck.next?.stage ?? null);
    expect(done.after.report.stages[2]!.utilisation).toBeLessThan(0.75);
  });

  it.each(seeds)('to add partitions does, though what waits stays in the old ones (%i)', (seed) => {
    const partitions = 3 + seed;
    const limited = held(seed, { partitions: even(partitions), instances: partitions + 2 });
    const done = follow(limited, 'add-partitions', (advice) => [
      worker({ partitions: advice.partitions }),
      worker({ instances: advice.instances }),
    ]);
    expect(done.bottleneck.cause.kind).toBe('partition-limited');
    expectGone(done);
    expect(done.after.report.bottlenecks[0]?.stage ?? null).toBe(done.bottleneck.next?.stage ?? null);
  });

  it.each(seeds)('to start as many consumers as are needed does (%i)', (seed) => {
    const nobody = held(seed, { instances: 0 });
    const done = follow(nobody, 'start-consumer', ({ instances }) => [worker({ instances })]);
    expectGone(done);
    expect(done.after.report.bottlenecks[0]?.stage ?? null).toBe(done.bottleneck.next?.stage ?? null);
  });

  it.each(seeds)('to set the prefetch does (%i)', (seed) => {
    const ailments = { prefetch: 1, roundTripSeconds: 0.02 };
    const waiting = held(seed, { partitions: even(20), instances: 10, ratePerInstance: 400, ailments });
    const done = follow(waiting, 'set-prefetch', ({ prefetch }) => [worker({ prefetch })]);
    expect(done.bottleneck.cause.kind).toBe('prefetch-too-small');
    expectGone(done);
    expect(done.after.report.bottlenecks[0]?.stage ?? null).toBe(done.bottleneck.next?.stage ?? null);
  });

  it('to bound the buffer keeps messages no longer than they may wait', () => {
    const full = held(1, { ailments: { memory: 0.97 } });
    const { report } = play(full, { warmUp: 120 });
    const [advice] = report.bottlenecks[0]!.recommendations;
    expect(advice!.kind).toBe('bounded-buffer');
    const change = { seconds: followed, stage: 'worker', capacity: advice!.bufferSize! };
    const simulator = new Simulator({ ...full, events: [...full.events, change] }, opening, 120_000);
    simulator.advanceTo(opening + 600_000);
    const { queue } = simulator.hops[1]!;
    expect(queue.backlog).toBeLessThanOrEqual(advice!.bufferSize!);
    expect(queue.ageSeconds(simulator.now)).toBeGreaterThan(0.85 * 60);
    expect(queue.ageSeconds(simulator.now)).toBeLessThan(1.15 * 60);
  });
});

describe('further advice, followed in the simulator,', { timeout: 60_000 }, () => {
  it.each(seeds)('to finish a message faster empties the backlog in its time (%i)', (seed) => {
    expectGone(
      follow(held(seed), 'optimise', ({ targetSecondsPerMessage }) => [
        worker({ ratePerInstance: 1 / targetSecondsPerMessage! }),
      ]),
    );
  });

  it.each(seeds)('to limit the producers does, and nothing is too slow any more (%i)', (seed) => {
    const done = follow(held(seed, {}, false), 'limit-producer', ({ producerLimit }) => [
      { arrivalRate: producerLimit },
    ]);
    expectGone(done);
    expect(done.after.report.bottlenecks).toEqual([]);
  });

  it.each(seeds)('to limit the producers of a hot partition does (%i)', (seed) => {
    const hot = held(seed, { partitions: [11, 2, 2, 2, 2, 1], instances: 6, ratePerInstance: 250 }, false);
    const done = follow(hot, 'limit-producer', ({ producerLimit }) => [{ arrivalRate: producerLimit }]);
    expect(done.bottleneck.cause.kind).toBe('hot-partition');
    expectGone(done);
  });
});
