import { describe, expect, it } from 'vitest';
import { judgeSteps } from '../../../src/diagnose/steps';
import { observe } from '../../../src/model/series';
import { stepReading, type StepReading } from '../../../src/model/sweep';
import { sweepAt } from '../measure/rows';

const start = Date.UTC(2026, 0, 1);
type Counters = Partial<StepReading> & { step: string };

/** Steps read twice, a minute apart. */
const judged = (before: Counters[], after: Counters[]) =>
  judgeSteps(
    observe(
      [before, after].map((steps, i) =>
        sweepAt(start + i * 60_000, [], { steps: steps.map((step) => stepReading.parse(step)) }),
      ),
    ).steps ?? [],
  );

describe('the steps of a program', () => {
  it('name the first step after the last that is refused for most of the time', () => {
    const { steps, bottleneck } = judged(
      ['read', 'parse', 'store', 'send'].map((step) => ({ step, sendSeconds: 10, sendCount: 0 })),
      [
        { step: 'read', sendSeconds: 64, sendCount: 120 },
        { step: 'parse', sendSeconds: 58, sendCount: 60 },
        { step: 'store', sendSeconds: 13, sendCount: 6 },
        { step: 'send', sendSeconds: 10, sendCount: 0 },
      ],
    );
    expect(steps.map(({ sendShare }) => sendShare)).toEqual([0.9, 0.8, 0.05, 0]);
    expect(steps[0]!.sendPerSecond).toBe(2);
    expect(bottleneck).toBe('store');
  });

  it('name the one that refuses and waits for nobody, in whatever order they are listed', () => {
    const { bottleneck, notes } = judged(
      ['a-store', 'b-read', 'c-parse'].map((step) => ({ step, sendSeconds: 0, receiveSeconds: 0 })),
      [
        { step: 'a-store', sendSeconds: 1, receiveSeconds: 51 },
        { step: 'b-read', sendSeconds: 55, receiveSeconds: 0 },
        { step: 'c-parse', sendSeconds: 53, receiveSeconds: 54 },
      ],
    );
    expect(bottleneck).toBe('a-store');
    expect(notes).toEqual([]);
  });

  it('share the time of several workers', () => {
    const { steps } = judged(
      [
        { step: 'read', sendSeconds: 0, sendCount: 0 },
        { step: 'read', sendSeconds: 100, sendCount: 5 },
      ],
      [
        { step: 'read', sendSeconds: 60, sendCount: 6 },
        { step: 'read', sendSeconds: 130, sendCount: 11 },
      ],
    );
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ sendShare: 0.75, sendPerSecond: 0.2 });
  });

  it('share what they receive in the same way, and are held up all the time at most', () => {
    const rows = (seconds: number, count: number) =>
      [1, 2].map((worker) => ({ step: 'read', receiveSeconds: worker * seconds, receiveCount: worker * count }));
    const { steps } = judged(rows(0, 0), rows(20, 60));
    expect(steps[0]).toMatchObject({ receiveShare: 0.5, receivePerSecond: 3 });
    expect(steps[0]!.missing).not.toHaveProperty('receiveShare');
    // An episode that began before the window ended in it.
    const long = judged([{ step: 'read', sendSeconds: 0 }], [{ step: 'read', sendSeconds: 90 }]);
    expect(long.steps[0]!.sendShare).toBe(1);
  });

  it('are held up from half of the time on', () => {
    const half = judged(
      ['read', 'store'].map((step) => ({ step, sendSeconds: 0 })),
      [
        { step: 'read', sendSeconds: 30 },
        { step: 'store', sendSeconds: 29 },
      ],
    );
    expect(half.bottleneck).toBe('store');
    const refuses = judged([{ step: 'store', receiveSeconds: 0 }], [{ step: 'store', receiveSeconds: 30 }]);
    expect(refuses.bottleneck).toBe('store');
  });

  it('name the one that refuses longest where several do', () => {
    const refusing = (first: number, second: number) =>
      judged(
        ['a', 'b'].map((step) => ({ step, sendSeconds: 0, receiveSeconds: 0 })),
        [
          { step: 'a', sendSeconds: 0, receiveSeconds: first },
          { step: 'b', sendSeconds: 0, receiveSeconds: second },
        ],
      ).bottleneck;
    expect([refusing(40, 50), refusing(50, 40)]).toEqual(['b', 'a']);
  });

  it('are called by their pipeline too where another has a step of that name', () => {
    const named = (...rows: [pipeline: string | null, step: string][]) =>
      judged(
        rows.map(([pipeline, step]) => ({ pipeline, step, sendSeconds: 0 })),
        rows.map(([pipeline, step]) => ({ pipeline, step, sendSeconds: 1 })),
      ).steps.map(({ step }) => step);
    expect(named(['orders', 'parse'], ['mails', 'parse'], ['mails', 'send'])).toEqual([
      ...['orders › parse', 'mails › parse', 'send'],
    ]);
    expect(named(['orders', 'parse'], [null, 'parse'])).toEqual(['orders › parse', 'parse']);
    expect(named(['orders', 'parse'], ['orders', 'parse'], ['orders', 'send'])).toEqual(['parse', 'send']);
  });

  it('have no share where they were read once', () => {
    const step = stepReading.parse({ step: 'read', sendSeconds: 5, sendCount: 3 });
    const { steps } = judgeSteps([{ first: step, latest: step, seconds: 0 }]);
    expect(steps[0]).toMatchObject({ sendShare: null, sendPerSecond: null });
  });

  it('have no share, with the reason, where a counter began anew or is not kept', () => {
    const { steps, bottleneck } = judged([{ step: 'read', sendSeconds: 50 }], [{ step: 'read', sendSeconds: 2 }]);
    expect(steps[0]).toMatchObject({
      sendShare: null,
      receiveShare: null,
      missing: { sendShare: { kind: 'unknown' }, receiveShare: { kind: 'none' } },
    });
    expect(bottleneck).toBeNull();
  });

  it('tell half and nearly all lengths of their episodes from the buckets of the window', () => {
    const buckets = (counts: number[]) => [0.1, 1, 10].map((le, i): [number, number] => [le, counts[i] ?? 0]);
    const { steps } = judged(
      [{ step: 'read', sendBuckets: buckets([100, 100, 100]), sendCount: 100 }],
      [{ step: 'read', sendBuckets: buckets([150, 190, 200]), sendCount: 200 }],
    );
    expect(steps[0]!.sendP50).toBeCloseTo(0.1, 9);
    expect(steps[0]!.sendP99).toBeCloseTo(9.1, 9);
    expect(steps[0]!.receiveP50).toBeNull();
    const open = judged(
      [{ step: 'read', sendBuckets: buckets([0, 0, 0]), sendCount: 0 }],
      [{ step: 'read', sendBuckets: buckets([0, 0, 1]), sendCount: 10 }],
    );
    expect(open.steps[0]!.sendP50).toBe(10);
    const none = judged(
      [{ step: 'read', sendBuckets: buckets([5, 5, 5]), sendCount: 5 }],
      [{ step: 'read', sendBuckets: buckets([5, 5, 5]), sendCount: 5 }],
    );
    expect([none.steps[0]!.sendP50, none.steps[0]!.sendP99]).toEqual([null, null]);
    // Eight in all, four of them up to 1 s: told from the buckets alone, in whatever order.
    const [low, middle, high] = buckets([2, 4, 8]);
    const uncounted = judged(
      [{ step: 'read', sendBuckets: buckets([0, 0, 0]) }],
      [{ step: 'read', sendBuckets: [high!, low!, middle!] }],
    );
    expect(uncounted.steps[0]!.sendP50).toBeCloseTo(1, 9);
  });

  it('say so when the last one waits, for which no step is to blame', () => {
    const { bottleneck, notes } = judged([{ step: 'send', sendSeconds: 0 }], [{ step: 'send', sendSeconds: 54 }]);
    expect(bottleneck).toBeNull();
    expect(notes[0]!.text).toBe('send is the last step and waits 90 % of the time: for something that is no step.');
  });
});
