import { describe, expect, it } from 'vitest';
import { boundedBuffer, setPrefetch } from '../../../src/diagnose/advice/buffers';
import { batch, circuitBreaker, fixDownstream } from '../../../src/diagnose/advice/downstream';
import { caseOf } from '../../harness/caseOf';

const unknownInput = { trouble: { inputRate: null } };
const unknownBacklog = { trouble: { backlog: null } };

describe('advice on what is held', () => {
  it('holds no more than is done within the age that is allowed: 60/s for a minute', () => {
    expect(boundedBuffer(caseOf())?.bufferSize).toBe(3600);
    expect(boundedBuffer(caseOf())?.why).toContain('60/s are finished, so 3,600 wait 1 m; whatever');
    expect(boundedBuffer(caseOf({ figures: null, trouble: { processingRate: 50 } }))?.bufferSize).toBe(3000);
    expect(boundedBuffer(caseOf({ figures: null, trouble: { processingRate: 0 } }))).toBeNull();
  });
});

describe('advice on the prefetch', () => {
  const far = { brokerIs: { roundTripSeconds: 0.05 } };

  it('is what each consumer needs while it waits for the wire', () => {
    // 71.4/s × 50 ms and one in work; with 60,000 waiting 150/s × 50 ms and one.
    expect(setPrefetch(caseOf(far))).toMatchObject({ prefetch: 5, title: 'Set the prefetch of payments to 5' });
    expect(setPrefetch(caseOf(far))?.why).toContain('71/s for each of 2 consumers × 50.0 ms round trip, and one in');
    const much = { ...far, trouble: { backlog: 60_000 }, reading: { prefetch: 2 } };
    expect(setPrefetch(caseOf(much))).toMatchObject({
      prefetch: 9,
      title: 'Set the prefetch of payments to 9 (now 2)',
    });
  });

  it('tells when the backlog is gone where the file says what a consumer can do', () => {
    for (const file of [{}, null]) expect(setPrefetch(caseOf({ ...far, file }))?.drainSeconds).toBeNull();
    // Five in 50 ms and the 5 ms of one are 90.9/s each, which is less than 200/s; 60/s are less than that.
    const drains = (ratePerInstance: number) =>
      setPrefetch(caseOf({ ...far, file: { ratePerInstance } }))?.drainSeconds;
    expect(drains(200)).toBeCloseTo(2400 / (2 * (5 / 0.055) - 100), 6);
    expect(drains(60)).toBeCloseTo(2400 / 20, 6);
  });

  it('is none where the round trip, the consumers or the arrivals are not known', () => {
    expect(setPrefetch(caseOf())).toBeNull();
    expect(setPrefetch(caseOf({ ...far, ...unknownInput }))).toBeNull();
    expect(setPrefetch(caseOf({ ...far, reading: { consumers: null } }))).toBeNull();
    expect(setPrefetch(caseOf({ ...far, reading: { broker: 'gone' } }))).toBeNull();
    expect(setPrefetch(caseOf({ ...far, trouble: { queue: null } }))).toBeNull();
  });
});

describe('advice on what a stage waits for', () => {
  it('is the time in which it has to get a message through', () => {
    expect(fixDownstream(caseOf()).title).toBe('Find what payments waits for and get a message through in 14 ms');
    expect(fixDownstream(caseOf()).drainSeconds).toBeCloseTo(56, 6);
    for (const none of [unknownInput, unknownBacklog, { figures: null }])
      expect(fixDownstream(caseOf(none))).toMatchObject({ title: 'Find what payments waits for', drainSeconds: null });
  });

  it('is longer the less waits, and never asked for where nothing has to be done', () => {
    // 100/s and 60,000 in 300 s are 300/s, and two work on them.
    const target = (trouble: { inputRate?: number; backlog: number }) =>
      fixDownstream(caseOf({ trouble })).targetSecondsPerMessage;
    expect(target({ backlog: 60_000 })).toBeCloseTo(2 / 300, 9);
    expect(target({ inputRate: 0, backlog: 0 })).toBeNull();
  });

  it('promises no empty queue where nobody knows how long a message takes now', () => {
    const unseen = caseOf({ figures: { serviceRate: null } });
    expect(fixDownstream(unseen)).toMatchObject({ targetSecondsPerMessage: 0.014, drainSeconds: null });
    expect(batch(unseen)).toBeNull();
  });

  it('is one call for as many messages as make up for it, from two on', () => {
    // 33 ms now and 14 ms allowed.
    expect(batch(caseOf())?.title).toBe('Handle 3 messages of payments with one call downstream');
    expect(batch(caseOf())?.why).toMatch(/^A message takes 33 ms and may take 14 ms; /);
    // 84/0.7 are 120/s, twice what is done.
    expect(batch(caseOf({ trouble: { inputRate: 84 } }))?.title).toContain('Handle 2 messages');
    expect(batch(caseOf({ trouble: { inputRate: 40 } }))).toBeNull();
    expect(batch(caseOf(unknownInput))).toBeNull();
  });

  it('leaves in the queue what is in flight', () => {
    expect(circuitBreaker(caseOf({ reading: { inFlight: 40 } })).why).toContain('instead of holding 40 in flight');
    for (const nothing of [{}, { trouble: { queue: null } }])
      expect(circuitBreaker(caseOf(nothing)).why).toContain('instead of holding them in flight');
  });
});
