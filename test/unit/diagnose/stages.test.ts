import { describe, expect, it } from 'vitest';
import { unknown } from '../../../src/model/figure';
import type { Stage } from '../../../src/model/pipeline';
import { stageReading, type StageReading } from '../../../src/model/sweep';
import { analyzed } from '../../harness/analyzed';
import { counted, flow, pipelineOf, ref, stage, type QueueOverTime } from '../../harness/observations';

const seen = (row: Partial<StageReading> & { name: string }) => {
  const latest = stageReading.parse(row);
  return { first: latest, latest, seconds: 60 };
};

/** The row of a stage `w` that consumes all of the queues. */
const figuresOf = (queues: QueueOverTime[], more: Partial<Stage> = {}, stages: ReturnType<typeof seen>[] = []) => {
  const inputs = queues.map((queue) => ref(`${queue(0)!.destination}/w`));
  return analyzed(queues, pipelineOf(stage('w', inputs, [], more)), { stages }).stages[0]!;
};
const input = (destination: string, more: Partial<Parameters<typeof flow>[0]> = {}) =>
  flow({ destination, group: 'w', ...more });
const uncounted = { consumed: null, missing: { consumed: unknown('not counted here') } };

describe('what a stage does', () => {
  it('is what its own metrics tell where no queue does, and never those of another stage', () => {
    const rows = [seen({ name: 'other', processedRate: 9 }), seen({ name: 'w', processedRate: 40 })];
    expect(figuresOf([], {}, rows).processingRate).toBe(40);
    expect(figuresOf([], {}, rows.slice(0, 1)).processingRate).toBeNull();
  });

  it('is asked of a source by nobody, and of any other by what its queues count', () => {
    expect(figuresOf([]).missing.inputRate?.kind).toBe('none');
    const blind = input('a', { arrives: 20, reading: { produced: null, missing: { produced: unknown('denied') } } });
    expect(figuresOf([blind])).toMatchObject({ inputRate: null, missing: { inputRate: unknown('denied') } });
  });

  it('is unknown when that of one input is, wherever it stands, for half a sum would be wrong', () => {
    const [known, blind] = [input('a', { arrives: 20 }), input('b', { arrives: 30, reading: uncounted })];
    for (const queues of [
      [known, blind],
      [blind, known],
    ]) {
      const { inputRate, processingRate, missing } = figuresOf(queues);
      expect(inputRate).toBeCloseTo(50, 6);
      expect(processingRate).toBeNull();
      expect(missing.processingRate).toEqual(unknown('not counted here'));
      expect(missing).not.toHaveProperty('inputRate');
    }
  });
});

describe('what a stage can do', () => {
  it('is what it does while work always waits, and then no figure is missing', () => {
    const { serviceRate, utilisation, missing } = figuresOf([input('a', { arrives: 100, waits: 5_000 })]);
    expect(serviceRate).toBeCloseTo(100, 6);
    expect(utilisation).toBe(1);
    expect(missing).toEqual({});
  });

  it('is seen as soon as one of its inputs never empties, and is of all inputs together', () => {
    const [grows, empties] = [input('a', { arrives: 100, finishes: 60 }), input('b', { arrives: 10 })];
    for (const queues of [
      [grows, empties],
      [empties, grows],
    ])
      expect(figuresOf(queues).serviceRate).toBeCloseTo(70, 6);
  });

  /** Keeps up with 50/s, 20 of which wait for the next commit; then 100/s arrive and it does 60/s. */
  const overrunFrom =
    (busy: number): QueueOverTime =>
    (seconds) => {
      const [calm, rush] = [Math.min(seconds, busy), Math.max(0, seconds - busy)];
      return counted({ destination: 'a', group: 'w' }, 20 + 50 * calm + 100 * rush, 50 * calm + 60 * rush);
    };

  it('is what it has done since work always waited, not before, with a pipeline file and without', () => {
    const { processingRate, serviceRate, utilisation } = figuresOf([overrunFrom(30)]);
    expect(processingRate).toBeCloseTo(55, 6);
    expect(serviceRate).toBeCloseTo(60, 6);
    expect(utilisation).toBeCloseTo(55 / 60, 6);
    expect(analyzed([overrunFrom(30)], null).stages[0]!.serviceRate).toBeCloseTo(60, 6);
  });

  it('rests on eight readings in which work always waited; of fewer the whole window is asked', () => {
    const canDo = (busy: number) =>
      analyzed([overrunFrom(busy)], null, { seconds: 15, every: 1.5 }).stages[0]!.serviceRate;
    // One more reading is still within a second of arrivals, as what waits for the next commit is.
    expect(canDo(3)).toBeCloseTo(60, 6);
    expect(canDo(4.5)).toBeCloseTo((50 * 4.5 + 60 * 10.5) / 15, 6);
  });

  it('is what the file says while nothing is finished', () => {
    const still = input('a', { waits: 500, finishes: 0, consumers: 2 });
    expect(figuresOf([still], { ratePerInstance: 30 })).toMatchObject({ serviceRate: 60, utilisation: 0 });
  });

  it('is unknown where it ran empty and the file says nothing, and so is how busy it is', () => {
    const { missing, serviceRate, utilisation } = figuresOf([input('a', { arrives: 10 })]);
    expect([serviceRate, utilisation]).toEqual([null, null]);
    expect(missing.serviceRate?.reason).toContain('its limit was not seen');
    expect(missing.utilisation).toEqual(missing.serviceRate);
  });

  it('tells how busy it is only where it is known what it does', () => {
    const { missing, serviceRate, utilisation } = figuresOf([input('a', { arrives: 10, reading: uncounted })], {
      ratePerInstance: 30,
    });
    expect([serviceRate, utilisation]).toEqual([30, null]);
    expect(missing.utilisation).toEqual(unknown('not counted here'));
  });

  it('is nothing where it stopped when work came to wait, and then there is no share of it', () => {
    const stopped: QueueOverTime = (seconds) =>
      counted({ destination: 'a', group: 'w' }, 50 * seconds, 50 * Math.min(seconds, 30));
    const { missing, serviceRate, utilisation } = figuresOf([stopped]);
    expect([serviceRate, utilisation]).toEqual([0, null]);
    expect(missing.utilisation?.kind).toBe('none');
  });

  it('is not taken from a stage that a full queue holds back', () => {
    const pipeline = pipelineOf(stage('w', [ref('a/w')], [ref('b', 1_000)]), stage('next', [ref('b/next')], []));
    const full = flow({ destination: 'b', group: 'next', arrives: 20, waits: 1_000 });
    const [held] = analyzed([input('a', { arrives: 100, finishes: 20 }), full], pipeline).stages;
    expect(held).toMatchObject({ state: 'blocked', serviceRate: null, missing: { serviceRate: { kind: 'unknown' } } });
  });
});

describe('the instances of a stage', () => {
  const notesOf = (declared: number | null, consumers: number | null, stages: ReturnType<typeof seen>[] = []) =>
    analyzed(
      [input('a', { arrives: 10, consumers })],
      pipelineOf(stage('w', [ref('a/w')], [], { instances: declared })),
      { stages },
    ).notes;

  it('are the consumers that the broker counts, be they none', () => {
    expect(figuresOf([input('a', { arrives: 10, consumers: 3 })], { instances: 5 }).instances).toBe(3);
    expect(figuresOf([input('a', { waits: 10, finishes: 0, consumers: 0 })], { instances: 5 }).instances).toBe(0);
  });

  it('are those of its own metrics where the broker does not count, then those of the file', () => {
    const rows = [seen({ name: 'other', instances: 9 }), seen({ name: 'w', instances: 4 })];
    const blind = [input('a', { arrives: 10, consumers: null })];
    expect(figuresOf(blind, { instances: 5 }, rows).instances).toBe(4);
    expect(figuresOf(blind, { instances: 5 }).instances).toBe(5);
    expect(figuresOf(blind)).toMatchObject({ instances: null, missing: { instances: { kind: 'unknown' } } });
  });

  it('have a note on their stage where the file says otherwise than was seen', () => {
    expect(notesOf(5, 1)).toMatchObject([{ code: 'instances-differ', stage: 'w', queue: null }]);
    expect(notesOf(5, null, [seen({ name: 'w', instances: 4 })])[0]!.text).toBe(
      'w: the file says 5 instances, 4 seen; the report goes by what was seen.',
    );
  });

  it('have none where both say the same, or only one says anything', () => {
    expect([notesOf(3, 3), notesOf(null, 3), notesOf(3, null)]).toEqual([[], [], []]);
  });
});
