import { describe, expect, it } from 'vitest';
import { prefetchNeeded, prefetchTooLarge, prefetchTooSmall } from '../../../src/diagnose/causes/prefetch';
import type { MemberReading, QueueReading } from '../../../src/model/sweep';
import { broker, flow, watched, type Flow } from '../../harness/observations';
import { situationOf } from '../../harness/situationOf';

/** Two consumers finish 30 a second each. */
const situation = (
  reading: Partial<QueueReading>,
  more: Partial<Flow> = {},
  roundTripSeconds: number | null = null,
) => {
  const queue = flow({ destination: 'a', arrives: 1000, finishes: 60, consumers: 2, reading, ...more });
  return situationOf(watched([queue]).queues[0]!, { broker: broker('main', { roundTripSeconds }) });
};

describe('a prefetch that is too small', () => {
  const small = (prefetch: number, roundTrip: number | null, more: Partial<Flow> = {}, reading = {}) =>
    prefetchTooSmall(situation({ prefetch, ...reading }, more, roundTrip));

  it('is less than rate × round trip + 1', () => {
    // 30/s × 0.1 s + 1.
    expect(prefetchNeeded(30, 0.1)).toBe(4);
    expect(prefetchNeeded(30, 0.101)).toBe(5);
    expect(small(4, 0.1)).toBeNull();
    expect(small(3, 0.1)?.kind).toBe('prefetch-too-small');
  });

  it('is told with the share of the time that goes by on the wire, and surer the larger that is', () => {
    const found = small(2, 0.05);
    expect(found?.evidence).toEqual([
      'Prefetch is 2; 30/s for each of 2 consumers × 50 ms round trip + 1 is 3, and 56,400 are ready.',
      "75 % of a consumer's time goes by while the next message is on its way.",
    ]);
    expect(found?.confidence).toBeCloseTo(0.875, 9);
    expect(small(2, 0.5)?.confidence).toBe(0.95);
    expect(small(2, 0.5)?.evidence[1]).toMatch(/^100 %/);
  });

  it('is told with the time in which the queue could deliver at once, where the broker says it', () => {
    expect(small(2, 0.05, {}, { consumerCapacity: 0.25 })?.evidence[2]).toBe(
      'The queue could deliver at once for 25 % of the time.',
    );
  });

  it('tells a short round trip with a tenth of a millisecond', () => {
    expect(small(2, 0.01, { finishes: 400 })?.evidence[0]).toContain('× 10 ms round trip');
    expect(small(2, 0.0075, { finishes: 400 })?.evidence[0]).toContain('× 7.5 ms round trip');
  });

  it.each<[text: string, reading: Partial<QueueReading>, more: Partial<Flow>, roundTrip: number | null]>([
    ['nobody knows how far away the broker is', {}, {}, null],
    ['nobody limits what is held', { prefetch: null }, {}, 5],
    ['nothing is ready', { waiting: 0 }, {}, 5],
    ['nobody consumes', {}, { consumers: 0 }, 5],
    ['nothing is finished', {}, { finishes: 0 }, 5],
  ])('is none where %s', (_, reading, more, roundTrip) => {
    expect(small(2, roundTrip, more, reading)).toBeNull();
  });

  it('is none of a broker that was not seen', () => {
    expect(prefetchTooSmall({ ...situation({ prefetch: 1 }), broker: null })).toBeNull();
  });
});

describe('a prefetch that is too large for the others', () => {
  const members = (...held: (number | null)[]): Partial<QueueReading> => ({
    members: held.map((inFlight, i): MemberReading => ({
      ...{ id: `member ${i}`, client: i === 1 ? 'its client' : null, host: null, inFlight },
      ...{ idleSeconds: null, prefetch: null },
    })),
  });
  const hoards = (...held: (number | null)[]) => prefetchTooLarge(situation(members(...held)))?.evidence;

  it('lets one hold three in five while another has none, named by its client where it has one', () => {
    expect(hoards(12, 8, 0)).toEqual(['member 0 holds 12 of 20 messages in flight while 1 other has none.']);
    expect(hoards(8, 12, 0, 0)).toEqual(['its client holds 12 of 20 messages in flight while 2 others have none.']);
    expect(hoards(0, 4, 16)).toEqual(['member 2 holds 16 of 20 messages in flight while 1 other has none.']);
  });

  it.each([
    ['one holds less than three in five', [11, 9, 0]],
    ['all have some', [18, 1, 1]],
    ['it is not known of the others', [20, null]],
    ['it is a handful', [19, 0]],
    ['nobody is seen', []],
  ])('is none where %s', (_, held) => {
    expect(hoards(...held)).toBeUndefined();
  });
});

describe('a prefetch that is too large for the pace', () => {
  const held = (reading: Partial<QueueReading>, more: Partial<Flow> = {}) =>
    prefetchTooLarge(situation({ prefetch: 5000, ...reading }, more))?.evidence;

  it('lets a message wait for a minute inside a consumer', () => {
    // 60/s are finished.
    expect(held({ inFlight: 3600 })).toEqual([
      '3,600 are in flight at 60/s: each waits 1 m inside a consumer (prefetch 5,000).',
    ]);
    expect(held({ inFlight: 3599 })).toBeUndefined();
  });

  it('is more than a handful', () => {
    expect(held({ inFlight: 20 }, { finishes: 0.25 })).toHaveLength(1);
    expect(held({ inFlight: 19 }, { finishes: 0.25 })).toBeUndefined();
  });

  it.each<[text: string, reading: Partial<QueueReading>, more: Partial<Flow>]>([
    ['nobody chose it', { inFlight: 9000, prefetch: null }, {}],
    ['nobody tells what is held', { inFlight: null }, {}],
    ['nothing is finished', { inFlight: 9000 }, { finishes: 0 }],
    ['nobody counts the consumers', { inFlight: 9000 }, { consumers: null }],
  ])('is none where %s', (_, reading, more) => {
    expect(held(reading, more)).toBeUndefined();
  });
});
