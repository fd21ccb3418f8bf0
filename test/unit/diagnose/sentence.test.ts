import { describe, expect, it } from 'vitest';
import { unknown } from '../../../src/model/figure';
import type { Pipeline } from '../../../src/model/pipeline';
import { analyzed, type Analyzing } from '../../harness/analyzed';
import {
  broker,
  counted,
  flow,
  pipelineOf,
  ref,
  stage,
  type Flow,
  type QueueOverTime,
} from '../../harness/observations';

const input = (destination: string, more: Omit<Flow, 'destination'> = {}) =>
  flow({ destination, group: destination, ...more });
const said = (queues: QueueOverTime[], pipeline: Pipeline | null = null, more: Analyzing = {}) =>
  analyzed(queues, pipeline, more).sentence;
const uncounted = { produced: null, consumed: null };

describe('the sentence about a bottleneck', () => {
  it('is told with what arrives, what is finished and what waits, or that nothing does', () => {
    expect(said([input('w', { waits: 900, finishes: 0 })])).toMatch(
      /^w is the bottleneck\. Nothing arrives, nothing is finished; 900 wait: it never drains\. Restart /,
    );
    expect(said([input('w', { arrives: 10, finishes: 0, consumers: 0 })])).toBe(
      'w is the bottleneck. 10/s arrive, nobody consumes; 600 wait and grow by 10/s: it never drains. Start a consumer of w.',
    );
  });

  it('is told by its growth where nobody counts messages, and then without advice that would need them', () => {
    expect(said([input('w', { arrives: 100, finishes: 60, reading: uncounted })])).toBe(
      'w is the bottleneck. Its backlog grows by 40/s; 2,400 wait and grow by 40/s: it never drains.',
    );
    for (const half of [{ produced: null }, { consumed: null }])
      expect(said([input('w', { arrives: 100, finishes: 60, reading: half })])).toContain(
        '. Its backlog grows by 40/s;',
      );
    const unread = input('b', { reading: { backlog: null, waiting: null, missing: { backlog: unknown('denied') } } });
    expect(
      said([input('a', { arrives: 9, finishes: 3 }), unread], pipelineOf(stage('w', [ref('a/a'), ref('b/b')], []))),
    ).toContain('; an unknown number wait and grow by');
  });

  it('names three others that are held up, and counts the rest', () => {
    const still = ['a', 'b', 'c', 'd', 'e'].map((name, i) => input(name, { waits: 900 - i, finishes: 0 }));
    expect(said(still)).toMatch(/ Also held up: b, c, d and 1 more\.$/);
    expect(said(still.slice(0, 4))).toMatch(/ Also held up: b, c, d\.$/);
    expect(said(still.slice(0, 1))).not.toContain('Also');
  });

  it('says which broker could not be read beside it', () => {
    const brokers = ['main', 'far', 'old'].map((name) => broker(name, { state: name === 'main' ? 'ok' : 'failed' }));
    const growing = input('w', { waits: 900, finishes: 0 });
    expect(said([growing], null, { brokers })).toMatch(/\. far, old could not be read\.$/);
    expect(said([input('w', { arrives: 5 })], null, { brokers })).toMatch(
      / was not seen\. far, old could not be read\.$/,
    );
  });

  it('is, of a broker, what it says itself, whom it keeps waiting and what waits behind them', () => {
    const held = input('a', { arrives: 100, finishes: 60 });
    const line = pipelineOf(stage('one', [ref('a/a')], [ref('out')]));
    const brokers = [broker('far', { pressure: ['nothing'] }), broker('main', { alarms: ['memory'] })];
    expect(said([held], line, { brokers })).toBe(
      'main is the bottleneck. main keeps one waiting. 2,400 wait behind it. Give main room again.',
    );
    const talks = [broker('main', { alarms: ['memory'], pressure: ['memory alarm', 'disk low'] })];
    expect(said([], pipelineOf(stage('api', [], [ref('out')])), { brokers: talks })).toBe(
      'main is the bottleneck. main keeps api waiting. It says: memory alarm; disk low. Give main room again.',
    );
  });
});

describe('the advice in the sentence', () => {
  const payments = flow({
    ...{ destination: 'validated', group: 'payments', arrives: 1050, finishes: 300, waits: 40_000, consumers: 2 },
  });
  const end = (sentence: string) => sentence.split('never drains. ')[1];
  const line = (more: Parameters<typeof stage>[3] = {}) =>
    pipelineOf(
      stage('payments', [ref('validated/payments')], [ref('results')], more),
      stage('sender', [ref('results/sender')], []),
    );

  it('says that all that may be had is not enough', () => {
    expect(end(said([payments], line({ maxInstances: 5 })))).toBe(
      '5 instances, all that may be had, would still not empty it.',
    );
  });

  it('is partitions with an instance for each where they are the limit', () => {
    const full: QueueOverTime = (seconds) => ({
      ...flow({ destination: 'a', group: 'w', arrives: 100, finishes: 60, consumers: 4 })(seconds)!,
      partitions: [0, 1, 2, 3].map((partition) => ({
        ...{ partition, start: 0, end: 25 * seconds, committed: 15 * seconds, backlog: 10 * seconds, consumer: 'c' },
      })),
    });
    // One does 15/s: 10 run at 67 %. In each of 4 partitions 10/s will arrive and 600 wait: 5/s are left for them.
    expect(end(said([full]))).toBe('10 partitions with as many instances would empty it in 2 m and then run at 67 %.');
  });

  it('names the stage to watch next, by its limit where that was seen or declared', () => {
    const next = (results: QueueOverTime) => end(said([payments, results], line()))?.split('; ')[1];
    const sender = { destination: 'results', group: 'sender' };
    expect(next(flow({ ...sender, arrives: 300 }))).toBe('the next to watch is sender, whose limit was not seen.');
    expect(next(flow({ ...sender, arrives: 300, finishes: 200 }))).toMatch(
      /^the next limit is sender \(200\/s as seen\)\./,
    );
    // Keeps up for half a minute, and does 60 of 100/s from then on: 55/s in the mean.
    const late: QueueOverTime = (seconds) => {
      const [calm, rush] = [Math.min(seconds, 30), Math.max(0, seconds - 30)];
      return counted(sender, 20 + 50 * calm + 100 * rush, 50 * calm + 60 * rush);
    };
    expect(next(late)).toMatch(/^the next limit is sender \(60\/s as seen\)\./);
  });
});

describe('the sentence where nothing backs up', () => {
  it('is about a burst that passes before anything else', () => {
    const line = pipelineOf(stage('a', [ref('a/a')], [ref('b')]), stage('b', [ref('b/b')], []));
    const draining = input('a', { arrives: 50, finishes: 100, waits: 10_000 });
    expect(said([draining, input('b', { arrives: 100, finishes: 70 })], line)).toMatch(
      /^No stage is too slow\. b gets more than usual while a works off 7,000 /,
    );
  });

  it('is about what drains longest', () => {
    const drains = (name: string, waits: number) => input(name, { arrives: 50, finishes: 90, waits });
    const both = [drains('a', 5_000), drains('b', 50_000)];
    // 50,000 less 2,400, by 40/s.
    const longest = 'Nothing is backing up. b › b drains: 47,600 wait, empty in 19 m 50 s.';
    expect([said(both), said(both.toReversed())]).toEqual([longest, longest]);
  });

  it('is about the busiest stage by what it can do, else by what it does', () => {
    const [slow, quick] = [input('slow', { arrives: 20, consumers: 1 }), input('quick', { arrives: 90, consumers: 1 })];
    expect(said([slow, quick])).toBe(
      'Nothing is backing up. The busiest is quick with 90/s; how much more it could do was not seen.',
    );
    const declared = pipelineOf(
      stage('quick', [ref('quick/quick')], []),
      stage('slow', [ref('slow/slow')], [], { ratePerInstance: 25 }),
    );
    expect(said([slow, quick], declared)).toBe('Nothing is backing up. The busiest is slow at 80 %.');
  });

  it('says so where nothing is done at all', () => {
    expect(said([input('a'), input('b')])).toBe('Nothing is backing up. Nothing was finished in 2 queues; 0 wait.');
  });
});

describe('the sentence where nobody can know', () => {
  it('says why no backlog was read', () => {
    const denied = { backlog: null, waiting: null, missing: { backlog: unknown('denied') } };
    expect(said([input('a', { reading: denied })])).toBe('Cannot tell: no backlog could be read (denied).');
  });

  it('asks for more samples where what waits shows no trend, but not where nothing waits', () => {
    const soon = { seconds: 3 };
    const waits = input('a', { waits: 500, arrives: 5, finishes: 2 });
    expect(said([waits], null, soon)).toBe('Cannot tell yet: 3 samples over 3 s show no trend. Sample for 60 s.');
    expect(said([waits, input('b')], null, soon)).toMatch(/^Nothing is backing up\./);
  });

  it('tells what the brokers that answer have, as long as one does', () => {
    const error = { code: 'unreachable' as const, message: 'refused', next: 'start it' };
    const failed = ['a', 'b'].map((name) =>
      broker(name, { state: 'failed', error: { ...error, message: `${name} refused` } }),
    );
    expect(said([], null, { brokers: failed })).toBe(
      'Cannot tell: a could not be read (a refused). What to do: start it.',
    );
    expect(said([], null, { brokers: [...failed, broker('main')] })).toContain('the brokers list no queue.');
  });
});
