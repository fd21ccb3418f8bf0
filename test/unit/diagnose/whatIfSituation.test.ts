import { describe, expect, it } from 'vitest';
import { whatIf } from '../../../src/diagnose/whatIf';
import { unknown } from '../../../src/model/figure';
import { defaultObjectives, type Pipeline, type Stage } from '../../../src/model/pipeline';
import type { WhatIfChange } from '../../../src/model/whatIf';
import { analyzed } from '../../harness/analyzed';
import { broker, flow, pipelineOf, ref, stage, type Flow, type QueueOverTime } from '../../harness/observations';

/** 100/s arrive and two do 30/s each: after a minute 2,400 wait. */
const input = (destination: string, more: Partial<Flow> = {}) =>
  flow({ destination, group: 'w', arrives: 100, finishes: 60, consumers: 2, ...more });
const fileOf = (inputs: string[], more: Partial<Stage> = {}, ...others: Stage[]) =>
  pipelineOf(
    ...others,
    stage(
      'w',
      inputs.map((name) => ref(`${name}/w`)),
      [],
      more,
    ),
  );
const ask = (
  queues: QueueOverTime[],
  pipeline: Pipeline | null,
  change: Partial<WhatIfChange> = {},
  brokers = [broker('main')],
) =>
  whatIf(analyzed(queues, pipeline, { brokers }), pipeline, {
    ...{ stage: 'w', instances: null, producerLimit: null, drainSeconds: null },
    ...change,
  });
const partitioned =
  (growths: number[], more: Partial<Flow> = {}): QueueOverTime =>
  (seconds) => ({
    ...input('a', more)(seconds)!,
    partitions: growths.map((growth, partition) => {
      const [end, backlog] = [25 * seconds, growth * seconds];
      return { partition, start: 0, end, committed: end - backlog, backlog, consumer: 'c' };
    }),
  });

describe('what if, for a stage with several inputs', () => {
  const calm = input('b', { arrives: 10, finishes: 10 });

  it('has to do all that waits and arrives in them', () => {
    // 70/s are done by two: 35/s each. 175 − 110 are left for 2,400.
    expect(ask([calm, input('a')], fileOf(['b', 'a']), { instances: 5 }).drainSeconds).toBeCloseTo(2_400 / 65, 6);
    const keptUp = [input('b', { waits: 500, arrives: 10, finishes: 10 }), input('a', { waits: 900, finishes: 100 })];
    // What waits for another stage, which is overrun, is none of its business.
    const beside = flow({ destination: 'z', group: 'other', arrives: 100, finishes: 3 });
    const other = stage('other', [ref('z/other')], [], { costPerInstance: 99 });
    const file = fileOf(['b', 'a'], { costPerInstance: 4 }, other);
    const { sentence, monthlyCost } = ask([beside, ...keptUp], file, { instances: 2 });
    expect(sentence).toMatch(/\. 1,400 wait and never drain\./);
    expect(monthlyCost).toBe(8);
  });

  it('is not known while the backlog of one is not', () => {
    const denied = { backlog: null, waiting: null, missing: { backlog: unknown('denied') } };
    for (const names of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const queues = names.map((name) => input(name, { arrives: 9, ...(name === 'b' && { reading: denied }) }));
      const told = ask(queues, fileOf(names, { ratePerInstance: 30, costPerInstance: 4 }), { instances: 3 });
      expect(told).toMatchObject({ drainSeconds: null, monthlyCost: 12 });
      expect(told.sentence).toBe('What w would do is not known: its backlog was not read.');
    }
  });
});

describe('what if, where something is not known', () => {
  it('says which figure that is', () => {
    const blind = input('a', { reading: { produced: null } });
    expect(ask([blind], fileOf(['a'], { ratePerInstance: 30 }), { instances: 3 }).sentence).toContain(
      'nothing counts what arrives.',
    );
    const alone = input('a', { consumers: null, arrives: 9, finishes: 9 });
    expect(ask([alone], fileOf(['a'], { ratePerInstance: 30 })).sentence).toContain('its instances are not known.');
    expect(ask([alone], fileOf(['a'])).sentence).toContain('the file has no ratePerInstance.');
  });
});

describe('what if, where partitions limit who works', () => {
  it('gives the instances beyond them nothing to read', () => {
    // 4 of 5 work: 120 − 100 are left for 2,400.
    const told = ask([partitioned([10, 10, 10, 10])], null, { instances: 5 });
    expect(told.drainSeconds).toBeCloseTo(120, 6);
    expect(told.sentence).toMatch(
      /^5 instances of w can do 120\/s; 100\/s would arrive\. 1 instance would have nothing to read\. /,
    );
  });

  it('goes by the input that is overrun', () => {
    const told = ask([input('b', { arrives: 10, finishes: 10 }), partitioned([10, 10, 10, 10])], fileOf(['b', 'a']), {
      instances: 9,
    });
    expect(told.sentence).toContain('5 instances would have nothing to read.');
  });

  it('gives a hot partition no second reader', () => {
    const hot = partitioned([34, 2, 2, 2]);
    expect(ask([hot], null, { instances: 4 }).sentence).toMatch(
      /^4 instances of w can do 60\/s; .* 2 instances would have nothing/,
    );
  });

  it('asks for no more than they allow to drain in time', () => {
    expect(ask([partitioned([10, 10, 10, 10])], null, { drainSeconds: 1 }).sentence).toMatch(/^4 instances /);
    expect(ask([input('a')], fileOf(['a'], { maxInstances: 3 }), { drainSeconds: 1 }).sentence).toMatch(
      /^3 instances /,
    );
  });
});

describe('what if, for a stage that keeps up', () => {
  const calm = [input('a', { arrives: 30, finishes: 30 })];

  it('says what it would run at, be it nothing', () => {
    expect(ask(calm, fileOf(['a'], { ratePerInstance: 30 })).sentence).toBe(
      '2 instances of w can do 60/s; 30/s would arrive. Nothing waits, and it runs at 50 %.',
    );
    const still = [input('a', { arrives: 0, finishes: 0 })];
    expect(ask(still, fileOf(['a'], { ratePerInstance: 30 })).utilisation).toBe(0);
  });

  it('names the stage behind it whose limit was not seen', () => {
    const file = pipelineOf(
      stage('w', [ref('a/w')], [ref('out')], { ratePerInstance: 30 }),
      stage('next', [ref('out/next')], []),
    );
    const out = flow({ destination: 'out', group: 'next', arrives: 30 });
    expect(ask([...calm, out], file, { instances: 3 }).sentence).toMatch(
      / The next to watch is next, whose limit was not seen\.$/,
    );
  });

  it('holds what is done in the age that the file allows', () => {
    const file = { ...fileOf(['a'], { ratePerInstance: 30 }), objectives: { ...defaultObjectives, maxAgeSeconds: 10 } };
    expect(ask(calm, file).bufferSize).toBe(600);
    expect(ask([input('a')], null).bufferSize).toBe(60 * defaultObjectives.maxAgeSeconds);
  });

  it('needs a prefetch for what arrives, by the round trip of its own broker, where that has one', () => {
    const rabbit = { reading: { system: 'rabbitmq' as const } };
    const needs = (main: Parameters<typeof broker>[1], more: Partial<Flow> = rabbit) => {
      const queue = input('a', { arrives: 30, finishes: 30, ...more });
      const brokers = [broker('other', { roundTripSeconds: 9 }), broker('main', main)];
      return ask([queue], fileOf(['a'], { ratePerInstance: 30 }), {}, brokers).prefetch;
    };
    // 15/s each for 0.2 s are 3 on the way, and one in work.
    expect(needs({ roundTripSeconds: 0.2 })).toBe(4);
    expect(needs({})).toBeNull();
    expect(needs({ roundTripSeconds: 0.2, notApplicable: ['prefetch'] })).toBeNull();
    expect(needs({ roundTripSeconds: 0.2 }, {})).toBeNull();
  });
});
