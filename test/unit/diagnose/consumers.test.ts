import { describe, expect, it } from 'vitest';
import { brokerCause, noConsumer, stuckConsumer, tooFew } from '../../../src/diagnose/causes/consumers';
import type { Trouble } from '../../../src/diagnose/bottleneck';
import type { Situation } from '../../../src/diagnose/causes/situation';
import { analyzed } from '../../harness/analyzed';
import { caseOf } from '../../harness/caseOf';
import { flow, stage, watched, type Flow } from '../../harness/observations';
import { situationOf } from '../../harness/situationOf';

const uncounted = { produced: null, consumed: null };

/** 100/s arrive and 60/s are finished for a minute, unless told otherwise. */
const overrun = (more: Partial<Flow> = {}, seconds = 60, known: Partial<Situation> = {}) =>
  situationOf(
    watched([flow({ destination: 'a', arrives: 100, finishes: 60, ...more })], { seconds }).queues[0]!,
    known,
  );

describe('the cause of a backlog that nobody works off', () => {
  const causeOf = (more: Partial<Flow>) => analyzed([flow({ destination: 'a', arrives: 10, ...more })]).bottlenecks[0]!;

  it('is a stuck consumer when members finish nothing, and no consumer when there are none', () => {
    const dead = causeOf({ finishes: 0 });
    expect([dead.cause.kind, dead.recommendations[0]!.kind]).toEqual(['stuck-consumer', 'restart-consumer']);
    const nobody = causeOf({ finishes: 0, consumers: 0 });
    expect([nobody.cause.kind, nobody.recommendations[0]!.kind]).toEqual(['no-consumer', 'start-consumer']);
  });

  it('is told with what the broker calls such a queue, what arrives and what waits', () => {
    const nobody = { finishes: 0, consumers: 0 };
    expect(noConsumer(overrun({ ...nobody, reading: { brokerState: 'Empty' } }))?.evidence).toEqual([
      '0 consumers; the broker calls it Empty.',
      '100/s arrive.',
      '6,000 wait.',
    ]);
    expect(noConsumer(overrun({ ...nobody, reading: { ...uncounted, backlog: null } }))?.evidence).toEqual([
      '0 consumers.',
    ]);
  });

  it('is told with how long nothing was finished and by how many, and surer up to a minute', () => {
    const stuck = stuckConsumer(overrun({ finishes: 0, consumers: 2 }));
    expect(stuck?.evidence[0]).toBe('0 messages were finished in 1 m by 2 connected consumers.');
    expect(stuck?.confidence).toBe(0.95);
    const unseen = stuckConsumer(overrun({ finishes: 0, consumers: null }, 30));
    expect(unseen?.evidence[0]).toBe('0 messages were finished in 30 s.');
    expect(unseen?.confidence).toBe(0.5);
  });

  it('is neither as long as something is finished, by whomever', () => {
    for (const consumers of [0, 2, null]) {
      const working = overrun({ consumers });
      expect([noConsumer(working), stuckConsumer(working)]).toEqual([null, null]);
    }
    expect(stuckConsumer(overrun({ finishes: 0, consumers: 0 }))).toBeNull();
  });
});

describe('too few consumers', () => {
  it('is told with what arrives, what is finished and what one of them does while work waits', () => {
    const { trouble, figures } = caseOf();
    expect(tooFew(overrun({}, 60, { trouble, figures }))).toEqual({
      ...{ kind: 'too-few-consumers', confidence: 0.8 },
      evidence: ['100/s arrive, 60/s are finished.', '2 instances finish 30/s each while work always waits.'],
    });
    // What the file says of one was not seen.
    const declared = caseOf({ figures: { serviceRate: null, instances: null }, file: { ratePerInstance: 30 } });
    expect(tooFew(overrun({}, 60, declared))).toMatchObject({
      ...{ confidence: 0.5, evidence: ['100/s arrive, 60/s are finished.'] },
    });
  });

  it('is told with the growth of the backlog where one of both is not counted, and with what waits where neither is', () => {
    const { trouble } = caseOf();
    for (const half of [{ processingRate: null }, { inputRate: null }])
      expect(tooFew(overrun({}, 60, { trouble: { ...trouble, ...half } }))?.evidence).toEqual([
        'The backlog grows by 40/s.',
      ]);
    const once = tooFew(overrun({ waits: 500, reading: uncounted }, 0));
    expect(once).toMatchObject({ confidence: 0.5, evidence: ['500 wait.'] });
  });

  it('is not while nobody works at all, but is where somebody works whom the broker does not count', () => {
    expect(tooFew(overrun({ finishes: 0 }))).toBeNull();
    expect(tooFew(overrun({ finishes: 0, consumers: 0 }))).toBeNull();
    expect(tooFew(overrun({ consumers: 0, reading: uncounted }))).toBeNull();
    const polled = analyzed([flow({ destination: 'a', group: null, arrives: 100, finishes: 60, consumers: 0 })]);
    expect(polled.bottlenecks[0]!.cause).toMatchObject({
      ...{ kind: 'too-few-consumers', evidence: ['100/s arrive, 60/s are finished.'] },
    });
  });
});

describe('a broker that holds its publishers back', () => {
  const { trouble } = caseOf();
  const held = ['api', 'importer'].map((name) => ({ name, file: stage(name, [], []), inputs: [], outputs: [] }));
  const told = (more: Partial<Trouble>) => brokerCause({ ...trouble, chain: held, ...more }, 'main').evidence;

  it('is told with whom it keeps waiting, and with the queue that is at its limit', () => {
    expect(told({})).toEqual(['main keeps api, importer waiting.']);
    expect(told({ queue: null })).toEqual(['main keeps api, importer waiting.']);
    expect(told({ queue: caseOf({ reading: { capacity: 2400 } }).trouble.queue })).toEqual([
      'main keeps api, importer waiting (a at its limit of 2,400).',
    ]);
  });
});
