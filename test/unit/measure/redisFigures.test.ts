import { describe, expect, it } from 'vitest';
import { ageOf, consumedOf, lostOf, waitingOf } from '../../../src/measure/redis/figures';
import type { GroupInfo, StreamInfo } from '../../../src/measure/redis/stream';

const now = Date.UTC(2026, 0, 1);
const id = (secondsAgo: number) => ({ ms: now - secondsAgo * 1000, sequence: 0 });
const stream = (over: Partial<StreamInfo> = {}): StreamInfo => ({
  ...{ length: 100, entriesAdded: 100, firstId: id(500), lastId: id(10) },
  ...over,
});
const group = (over: Partial<GroupInfo> = {}): GroupInfo => ({
  ...{ name: Buffer.from('g'), consumers: 1, pending: 0, counts: true },
  ...{ lastDeliveredId: id(60), entriesRead: 40, lag: 60 },
  ...over,
});
const before7 = { entriesRead: null, lag: null, counts: false };

describe('What waits in a stream', () => {
  it('is the lag that Redis tells', () => expect(waitingOf(stream(), group())).toEqual({ value: 60 }));

  it('is 0 once the last entry was handed out, also where Redis does not count', () => {
    const read = group({ ...before7, lastDeliveredId: id(10) });
    expect(waitingOf(stream({ entriesAdded: null }), read)).toMatchObject({ value: 0 });
  });

  it('is the whole stream for a group that read nothing of what is left', () => {
    const fresh = group({ ...before7, lastDeliveredId: { ms: 0, sequence: 0 } });
    expect(waitingOf(stream({ entriesAdded: null }), fresh)).toMatchObject({ value: 100 });
  });

  it('is unknown before Redis 7.0 in the middle of a stream', () => {
    const told = waitingOf(stream({ entriesAdded: null }), group(before7));
    expect(told).toMatchObject({
      value: null,
      missing: { kind: 'unknown', reason: expect.stringMatching(/before 7\.0/) as string },
    });
  });

  it('never exceeds what is in the stream', () => {
    expect(waitingOf(stream({ length: 7 }), group({ lag: null }))).toMatchObject({ value: 7 });
    expect(waitingOf(stream({ length: 0, firstId: null }), group())).toMatchObject({ value: 0 });
  });
});

describe('What a group has done with', () => {
  it('is what was added less the backlog, so that the three add up', () => {
    expect(consumedOf({ value: 100 }, { value: 75 })).toMatchObject({ value: 25 });
  });
  it('is only bounded where the backlog is', () => {
    expect(consumedOf({ value: 100 }, { value: 75, approximate: 'a bound' })).toEqual({
      value: 25,
      approximate: 'a bound',
    });
  });
  it('is unknown where the backlog is', () => {
    const backlog = waitingOf(stream(), group({ entriesRead: null, lag: null }));
    expect(consumedOf({ value: 100 }, backlog).value).toBeNull();
  });
});

describe('What trimming took away unread', () => {
  it('is what the lag counts beyond the stream', () => {
    const trimmed = stream({ length: 20, firstId: id(30) });
    expect(lostOf(trimmed, group())).toEqual({ value: 40 });
    expect(waitingOf(trimmed, group())).toMatchObject({ value: 20 });
  });
  it('is nothing while the group reads within the stream', () =>
    expect(lostOf(stream(), group())).toEqual({ value: 0 }));
});

describe('The age of the oldest unfinished entry', () => {
  it('is that of the oldest pending one', () => {
    expect(ageOf(stream(), group({ pending: 3 }), 60, id(90), now)).toEqual({ value: 90 });
  });
  it('is exact where only the last or the whole stream waits', () => {
    expect(ageOf(stream(), group(), 1, null, now)).toEqual({ value: 10 });
    expect(ageOf(stream(), group({ lastDeliveredId: id(600) }), 100, null, now)).toEqual({ value: 500 });
  });
  it('is bounded by the entry handed out last in between, and says so', () => {
    expect(ageOf(stream(), group(), 60, null, now)).toMatchObject({
      value: 60,
      approximate: expect.stringMatching(/at most/) as string,
    });
  });
  it('is none when nothing is unfinished, unknown when ids carry no time', () => {
    expect(ageOf(stream(), group(), 0, null, now)).toMatchObject({ value: null, missing: { kind: 'none' } });
    const numbered = { ms: 17, sequence: 0 };
    expect(ageOf(stream(), group({ pending: 1 }), 0, numbered, now)).toMatchObject({ missing: { kind: 'unknown' } });
  });
});
