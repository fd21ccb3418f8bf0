import { describe, expect, it } from 'vitest';
import { rebalanceLoop, redeliveryLoop } from '../../../src/diagnose/causes/loops';
import type { QueueReading } from '../../../src/model/sweep';
import { flow, watched } from '../../harness/observations';
import { situationOf } from '../../harness/situationOf';

/** 70 a second are finished for a minute: 4,200. */
const { queues } = watched([flow({ destination: 'a', arrives: 100, finishes: 70 })]);
const series = queues[0]!;
const between = (first: Partial<QueueReading>, latest: Partial<QueueReading>) => ({
  ...series,
  ...{ first: { ...series.first, ...first }, latest: { ...series.latest, ...latest } },
});

describe('a group that shares out its partitions', () => {
  /** One letter for each sweep: `r` for rebalancing. */
  const swept = (sweeps: string) =>
    rebalanceLoop(situationOf({ ...series, rebalancing: Array.from(sweeps, (sweep) => sweep === 'r') }));
  const rose = (from: number | null, to: number | null) =>
    rebalanceLoop(situationOf({ ...between({ rebalances: from }, { rebalances: to }), rebalancing: undefined }));

  it.each(['.rr..r....', 'rrr.......', '..rr..rr..', 'rrrr'])('never settles when its sweeps are %s', (sweeps) => {
    expect(swept(sweeps)?.kind).toBe('rebalance-loop');
  });

  it.each([
    ['less than three in ten', '.r...r....'],
    ['once in between', '...rrrr...'],
    ['once, to the end', '......rrrr'],
    ['in too few sweeps to tell', 'rrr'],
    ['in none', '..........'],
  ])('settles when it does so %s', (_, sweeps) => {
    expect(swept(sweeps)).toBeNull();
  });

  it('does so too often from three times in a window on, whatever the sweeps found', () => {
    expect(rose(7, 10)?.evidence).toEqual(['3 rebalances in 1 m.', '100/s arrive.', '1,800 wait.']);
    expect(rose(7, 9)).toBeNull();
    expect(rose(10, 7)).toBeNull();
    expect(rose(null, 7)).toBeNull();
  });

  it('is told by what was seen of it, and surer the more of the sweeps that is', () => {
    expect(swept('.rr..r....')?.evidence[0]).toBe('The group was rebalancing in 3 of 10 sweeps (30 %).');
    expect(swept('.rr..r....')?.confidence).toBeCloseTo(0.75, 9);
    expect(swept('rrrrrrrrrr')?.confidence).toBe(0.95);
    expect(rose(7, 10)?.confidence).toBe(0.6);
  });
});

describe('messages that are delivered again', () => {
  const again = (times: number, latest: Partial<QueueReading> = {}) =>
    redeliveryLoop(situationOf(between({ redelivered: 50 }, { redelivered: 50 + times, ...latest })));

  it('go round when they are three in ten deliveries', () => {
    expect(again(1800)?.evidence).toEqual([
      '1,800 of 6,000 deliveries in 1 m were repeated (30 %); 4,200 messages were finished.',
    ]);
    expect(again(1799)).toBeNull();
    expect(again(0)).toBeNull();
  });

  it('are surer to go round the larger their share is', () => {
    expect(again(1800)?.confidence).toBeCloseTo(0.65, 9);
    expect(again(99 * 4200)?.confidence).toBe(0.95);
  });

  it('have a dead-letter target where one is set', () => {
    expect(again(1800, { deadLetter: 'a.dead' })?.evidence[1]).toBe('Its dead-letter target is a.dead.');
  });

  it('are not called a loop where nobody counts what is finished', () => {
    const uncounted = {
      ...between({ redelivered: 0 }, { redelivered: 900 }),
      consumed: series.consumed.map(() => NaN),
    };
    expect(redeliveryLoop(situationOf(uncounted))).toBeNull();
  });
});
