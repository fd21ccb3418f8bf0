import { describe, expect, it } from 'vitest';
import { consumerInfo, jsz, streamInfo, type ConsumerInfo, type StreamInfo } from '../../../src/measure/nats/api';
import {
  ageOf,
  consumedOf,
  consumersOf,
  isAtCap,
  lostOf,
  readsEverything,
  stateOf,
} from '../../../src/measure/nats/figures';
import { streamsOf } from '../../../src/measure/nats/monitoring';

const now = Date.UTC(2026, 0, 1);
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();
const stream = (state: object = {}, config: object = {}): StreamInfo =>
  streamInfo.parse({
    config: { name: 'orders', subjects: ['orders.>'], ...config },
    state: { messages: 100, first_seq: 1, first_ts: at(500), last_seq: 100, last_ts: at(10), ...state },
  });
const consumer = ({ config, ...over }: Record<string, unknown> = {}): ConsumerInfo =>
  consumerInfo.parse({
    ...{ name: 'billing', num_pending: 60, num_ack_pending: 5, num_waiting: 1 },
    delivered: { consumer_seq: 43, stream_seq: 40 },
    ack_floor: { consumer_seq: 35, stream_seq: 35 },
    config: { ack_policy: 'explicit', max_ack_pending: 1000, ...(config as object | undefined) },
    ...over,
  });

describe('A consumer reads everything', () => {
  it('without a filter, or by one that takes every subject', () => {
    expect(readsEverything(stream(), consumer())).toBe(true);
    expect(readsEverything(stream(), consumer({ config: { filter_subject: '>' } }))).toBe(true);
    expect(readsEverything(stream(), consumer({ config: { filter_subject: 'orders.>' } }))).toBe(true);
  });
  it('not with a filter, nor when it wants the last of each subject', () => {
    expect(readsEverything(stream(), consumer({ config: { filter_subject: 'orders.new' } }))).toBe(false);
    expect(readsEverything(stream(), consumer({ config: { filter_subjects: ['orders.new', 'orders.old'] } }))).toBe(
      false,
    );
    expect(readsEverything(stream(), consumer({ config: { deliver_policy: 'last_per_subject' } }))).toBe(false);
  });
});

describe('What a consumer has done with', () => {
  it('is what was handed out and is acknowledged, by the places in the stream', () =>
    expect(consumedOf(stream(), consumer())).toEqual({ value: 35 }));
  it('goes on where limits took unread messages away, which are lost', () => {
    const trimmed = stream({ first_seq: 61 });
    expect(consumedOf(trimmed, consumer())).toEqual({ value: 55 });
    expect(lostOf(trimmed, consumer())).toEqual({ value: 20 });
    expect(lostOf(stream(), consumer())).toEqual({ value: 0 });
  });
  it('is counted in deliveries by a filtered consumer, and its losses are unknown', () => {
    const filtered = consumer({ config: { filter_subject: 'orders.new' } });
    expect(consumedOf(stream(), filtered)).toMatchObject({ value: 38, approximate: expect.any(String) as string });
    expect(lostOf(stream(), filtered)).toMatchObject({ value: null, missing: { kind: 'unknown' } });
  });
});

describe('The age of the oldest unfinished message', () => {
  const fresh = consumer({ ack_floor: { consumer_seq: 0, stream_seq: 0 } });
  it('is that of the stream’s first while nothing of it is finished', () =>
    expect(ageOf(stream(), fresh, 65, now)).toEqual({ value: 500 }));
  it('is that of the stream’s last when only this is left', () => {
    const last = consumer({ ack_floor: { consumer_seq: 99, stream_seq: 99 } });
    expect(ageOf(stream(), last, 1, now)).toEqual({ value: 10 });
  });
  it('is nothing without a backlog, and unknown in between', () => {
    expect(ageOf(stream(), consumer(), 0, now)).toMatchObject({ missing: { kind: 'none' } });
    expect(ageOf(stream(), consumer(), 65, now)).toMatchObject({ missing: { kind: 'unknown' } });
  });
  it('is never negative when the clocks differ', () =>
    expect(ageOf(stream({ first_ts: at(-60) }), fresh, 65, now)).toEqual({ value: 0 }));
});

describe('Who takes messages', () => {
  it('are the open requests of those who pull', () => expect(consumersOf(consumer())).toMatchObject({ value: 1 }));
  it('is unknown while a busy worker holds messages and asks for none', () =>
    expect(consumersOf(consumer({ num_waiting: 0 }))).toMatchObject({ missing: { kind: 'unknown' } }));
  it('is nobody where nobody asks and nobody holds any', () => {
    const alone = consumer({ num_waiting: 0, num_ack_pending: 0 });
    expect(consumersOf(alone)).toMatchObject({ value: 0 });
    expect(stateOf(alone)).toBe('nobody asks');
  });
  it('is known of a push consumer', () => {
    const pushed = { config: { deliver_subject: 'here' } };
    expect(consumersOf(consumer({ ...pushed, push_bound: true }))).toMatchObject({ value: 1 });
    expect(consumersOf(consumer(pushed))).toMatchObject({ value: 0 });
    expect(stateOf(consumer(pushed))).toBe('nobody is subscribed');
  });
});

describe('The ack-pending cap', () => {
  const capped = { config: { max_ack_pending: 5 } };
  it('holds delivery up only while messages wait', () => {
    expect(isAtCap(consumer(capped))).toBe(true);
    expect(isAtCap(consumer({ ...capped, num_pending: 0 }))).toBe(false);
    expect(isAtCap(consumer({ config: { max_ack_pending: -1 } }))).toBe(false);
  });
  it('is told in the state, behind a pause only', () => {
    expect(stateOf(consumer(capped))).toBe('ack-pending cap: 5 of max_ack_pending 5');
    expect(stateOf(consumer({ ...capped, paused: true }))).toBe('paused');
  });
});

describe('The monitoring page', () => {
  const page = (...names: string[]) =>
    jsz.parse({ account_details: names.map((name) => ({ name, stream_detail: [] })) });
  it('is taken where there is one account, or the one is named', () => {
    expect(streamsOf([page('APP')], null)).toEqual([]);
    expect(streamsOf([page('APP', 'OTHER')], 'APP')).toEqual([]);
    expect(streamsOf([page()], null)).toEqual([]);
  });
  it('is left for the API where it does not tell whose streams are meant, or not all of them', () => {
    expect(() => streamsOf([page('APP', 'OTHER')], null)).toThrow(/several accounts: APP, OTHER/);
    expect(() => streamsOf([{ ...page('APP'), meta_cluster: { cluster_size: 3 } }], null)).toThrow(/cluster/);
  });
});
