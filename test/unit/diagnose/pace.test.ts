import { describe, expect, it } from 'vitest';
import { optimiseHot, rekey } from '../../../src/diagnose/advice/hotPartition';
import { limitProducer, milliseconds, optimise } from '../../../src/diagnose/advice/pace';
import { restartConsumer } from '../../../src/diagnose/advice/repair';
import { caseOf, objectives } from '../../harness/caseOf';

const unknownInput = { trouble: { inputRate: null } };
const unknownBacklog = { trouble: { backlog: null } };

describe('advice on the pace', () => {
  it('is the time of a message in which the same instances are enough', () => {
    const found = optimise(caseOf());
    expect(found?.title).toBe('Finish a message in 14 ms (now 33 ms)');
    expect(found?.targetSecondsPerMessage).toBeCloseTo(0.014, 9);
    expect(found?.drainSeconds).toBeCloseTo(56, 6);
    // 100/s and 60,000 in 300 s are 300/s.
    expect(optimise(caseOf({ trouble: { backlog: 60_000 } }))?.targetSecondsPerMessage).toBeCloseTo(2 / 300, 9);
    expect(optimise(caseOf(unknownBacklog))).toBeNull();
    expect(optimise(caseOf({ trouble: { inputRate: 0, backlog: 0 } }))).toBeNull();
  });

  it('says which cap forbids more instances where more would be needed, and nothing of one that leaves room', () => {
    const ends = (file = {}) => optimise(caseOf({ file }))?.why.split('2,400 waiting need')[1];
    expect(ends({ maxInstances: 2 })).toBe('. 5 would be needed, but maxInstances is 2.');
    expect([ends({ maxInstances: 3 }), ends()]).toEqual(['.', '.']);
  });

  it('is the rate of the producers at which the stage is not full', () => {
    const found = limitProducer(caseOf());
    expect(found?.producerLimit).toBeCloseTo(42, 9);
    expect(found?.drainSeconds).toBeCloseTo(2400 / 18, 6);
    expect(found?.why).toBe('payments can do 60/s; the rest empties 2,400 in 2 m 13 s.');
    for (const none of [unknownInput, unknownBacklog, { figures: null }])
      expect(limitProducer(caseOf(none))).toBeNull();
    const full = limitProducer({ ...caseOf(), objectives: { ...objectives, utilisation: 1 } });
    expect(full).toMatchObject({ producerLimit: 60, drainSeconds: null });
    expect(full?.why).toContain('the rest empties 2,400 never.');
  });

  it('is said in the unit of its size', () => {
    expect([2, 1, 0.9, 0.01, 0.0099].map(milliseconds)).toEqual(['2 s', '1 s', '900 ms', '10 ms', '9.9 ms']);
  });
});

describe('advice on a hot partition', () => {
  it('spreads its keys, makes its one reader quicker, and limits the producers to what that one can do', () => {
    const hot = caseOf({ hot: 20 });
    expect(rekey(hot)?.title).toBe('Spread the keys of a: partition 0 takes 100 % of the growth');
    expect(optimiseHot(hot)?.targetSecondsPerMessage).toBeCloseTo(0.7 / 40, 9);
    // 40 of 100 come into it and it does 20/s: 50/s in all. At 70 % of that 14/s come, and 1,200 wait in it.
    expect(limitProducer(hot)?.producerLimit).toBeCloseTo(35, 9);
    expect(limitProducer(hot)?.drainSeconds).toBeCloseTo(1200 / 6, 6);
    expect([rekey(caseOf()), optimiseHot(caseOf())]).toEqual([null, null]);
  });

  it('names the one whose reader stands still', () => {
    expect(restartConsumer(caseOf({ hot: 0 })).title).toContain('payments that reads partition 0, after');
    expect(restartConsumer(caseOf({ hot: 20 })).title).not.toContain('partition');
    // Where nothing is finished at all, no other reader does better.
    for (const consumed of [0, null])
      expect(restartConsumer(caseOf({ hot: 0, reading: { consumed } })).title).not.toContain('partition');
  });
});
