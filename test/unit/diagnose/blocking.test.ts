import { describe, expect, it } from 'vitest';
import { isFull } from '../../../src/diagnose/blocking';
import { queueFacts } from '../../../src/diagnose/facts';
import { reportQueue } from '../../../src/diagnose/queues';
import { defaultObjectives } from '../../../src/model/pipeline';
import type { QueueReading } from '../../../src/model/sweep';
import { analyzed } from '../../harness/analyzed';
import {
  broker,
  counted,
  flow,
  pipelineOf,
  ref,
  stage,
  watched,
  type Flow,
  type QueueOverTime,
} from '../../harness/observations';

const fullAt = (capacity: number | null, queue: QueueOverTime) => {
  const { queues, to } = watched([queue]);
  const facts = queueFacts(queues[0]!, to, capacity);
  return isFull({
    ...{ facts, readers: [], writers: [] },
    report: reportQueue(facts, { objectives: defaultObjectives, now: to }),
  });
};
/** 20/s arrive and are finished, so it stands where it stood. */
const holding = (waits: number, reading: Partial<QueueReading> = {}) =>
  flow({ destination: 'a', arrives: 20, waits, reading });

describe('a queue of at most 1,000 messages', () => {
  it('is full from 950 on, which is 95 %', () => {
    expect(fullAt(1_000, holding(949))).toBe(false);
    expect(fullAt(1_000, holding(950))).toBe(true);
  });

  it('is full by what waits, not by what is being worked on, and by the backlog where that is all that is told', () => {
    expect(fullAt(1_000, holding(1_000, { waiting: 10, inFlight: 990 }))).toBe(false);
    expect(fullAt(1_000, holding(950, { waiting: null, inFlight: 10 }))).toBe(true);
    expect(fullAt(1_000, holding(1_000, { waiting: null, backlog: null }))).toBe(false);
  });

  it('keeps nobody waiting when it drops its oldest, when it drains or when it has no limit after all', () => {
    expect(fullAt(1_000, holding(1_000, { overflow: 'drop-head' }))).toBe(false);
    expect(fullAt(1_000, flow({ destination: 'a', arrives: 10, finishes: 40, waits: 3_000 }))).toBe(false);
    expect(fullAt(null, holding(1_000))).toBe(false);
  });

  describe('of which 300 are finished at once each half minute', () => {
    // 700 after a commit, and 985 at the last look before the next.
    const commits = (reading: Partial<QueueReading> = {}) =>
      flow({ destination: 'a', arrives: 10, waits: 700, commitsEvery: 30, reading });

    it('is full just after a commit too: 700 and the 300 just taken', () => {
      expect(fullAt(1_000, commits())).toBe(true);
    });

    it('is not where it was never seen full: 95 % of 1,100 are 1,045', () => {
      expect(fullAt(1_100, commits())).toBe(false);
    });

    it('is not where so many were being worked on that fewer than 950 waited', () => {
      expect(fullAt(1_000, commits({ inFlight: 35 }))).toBe(true);
      expect(fullAt(1_000, commits({ inFlight: 36 }))).toBe(false);
    });
  });

  it('is not full because it once was: 700 and the 30 finished between two looks are fewer than 950', () => {
    const once: QueueOverTime = (seconds) =>
      counted({ destination: 'a' }, 20 * seconds + (seconds < 3 ? 985 : 700), 20 * seconds);
    expect(fullAt(1_000, once)).toBe(false);
  });
});

describe('a stage', () => {
  /** Who the stage named first waits for. */
  const waits = (...given: Parameters<typeof analyzed>) =>
    analyzed(...given).stages.find(({ name }) => name === 'first')?.waitsFor ?? null;
  const input = (destination: string, more: Omit<Flow, 'destination'>) =>
    flow({ destination, group: 'first', ...more });
  const busy = input('a', { arrives: 100, finishes: 20 });
  const resting = input('a', { arrives: 20 });
  const full = flow({ destination: 'b', group: 'second', arrives: 20, waits: 1_000 });
  const second = stage('second', [ref('b/second')], []);
  const line = pipelineOf(stage('first', [ref('a/first')], [ref('b', 1_000)]), second);

  it('with work waits for the one that reads the full queue it writes to, and one without work for nobody', () => {
    expect(waits([busy, full], line)).toBe('second');
    expect(waits([resting, full], line)).toBeNull();
  });

  it('has work when one of its inputs has', () => {
    const two = pipelineOf(stage('first', [ref('a/first'), ref('c/first')], [ref('b', 1_000)]), second);
    expect(waits([resting, input('c', { arrives: 100, finishes: 20 }), full], two)).toBe('second');
    expect(waits([resting, input('c', { arrives: 20 }), full], two)).toBeNull();
  });

  it('waits for a broker in alarm, but not for one that only slows a connection down', () => {
    const empty = flow({ destination: 'b', group: 'second', arrives: 20 });
    expect(waits([busy, empty], line, { brokers: [broker('main', { alarms: ['memory'] })] })).toBe('broker:main');
    expect(waits([busy, empty], line, { brokers: [broker('main', { alarms: ['flow'] })] })).toBeNull();
  });

  it('does not wait for itself where it reads the full queue that it writes to', () => {
    const retries = flow({ destination: 'b', group: 'first', arrives: 20, waits: 1_000 });
    const again = pipelineOf(stage('first', [ref('b/first')], [ref('b', 1_000)]));
    expect(waits([retries], again)).toBe('broker:main');
  });

  it('is told once among those held up, by however many full queues', () => {
    const other = flow({ destination: 'c', group: 'second', arrives: 20, waits: 1_000 });
    const twice = pipelineOf(
      stage('first', [ref('a/first')], [ref('b', 1_000), ref('c', 1_000)]),
      stage('second', [ref('b/second'), ref('c/second')], []),
    );
    const { notes } = analyzed([busy, full, other], twice);
    expect(notes.find(({ code }) => code === 'blocked-chain')?.text).toMatch(/^second holds up first: /);
  });

  it('is not among those held up when it only writes to a full queue', () => {
    const { notes } = analyzed(
      [busy, flow({ destination: 'd', group: 'idle', arrives: 20 }), full],
      pipelineOf(...line.stages, stage('idle', [ref('d/idle')], [ref('b', 1_000)])),
    );
    expect(notes.find(({ code }) => code === 'blocked-chain')?.text).toMatch(/^second holds up first: /);
  });
});
