import { bytesOf, fieldsOf, listOf, numberOf, streamIdOf, textOf, type StreamId } from './reply';

/** What XINFO STREAM tells (redis.io/docs/latest/commands/xinfo-stream). */
export interface StreamInfo {
  length: number;
  /** Entries ever added; null before Redis 7.0. */
  entriesAdded: number | null;
  lastId: StreamId | null;
  /** Null when the stream is empty. */
  firstId: StreamId | null;
}

/** What XINFO GROUPS tells of one group. */
export interface GroupInfo {
  name: Buffer;
  consumers: number;
  /** Handed out, not acknowledged. */
  pending: number;
  lastDeliveredId: StreamId | null;
  /** Entries read so far; null where Redis lost count. */
  entriesRead: number | null;
  /** Entries not handed out; null where Redis lost count. */
  lag: number | null;
  /** Redis 7.0 and later count at all. */
  counts: boolean;
}

/** What XINFO CONSUMERS tells of one consumer. */
export interface ConsumerInfo {
  name: string;
  pending: number;
  /** Since its last attempt to read, claim or acknowledge. */
  idleSeconds: number | null;
}

/** Reads the reply to XINFO STREAM; what an older Redis does not tell is null. */
export function streamInfo(reply: unknown): StreamInfo {
  const fields = fieldsOf(reply);
  return {
    length: numberOf(fields('length')) ?? 0,
    entriesAdded: numberOf(fields('entries-added')),
    lastId: streamIdOf(fields('last-generated-id')),
    firstId: streamIdOf(listOf(fields('first-entry'))[0]),
  };
}

export const groupInfos = (reply: unknown): GroupInfo[] =>
  listOf(reply).map((item) => {
    const fields = fieldsOf(item);
    return {
      name: bytesOf(fields('name')),
      consumers: numberOf(fields('consumers')) ?? 0,
      pending: numberOf(fields('pending')) ?? 0,
      lastDeliveredId: streamIdOf(fields('last-delivered-id')),
      entriesRead: numberOf(fields('entries-read')),
      lag: numberOf(fields('lag')),
      counts: fields('lag') !== undefined,
    };
  });

export const consumerInfos = (reply: unknown): ConsumerInfo[] =>
  listOf(reply).map((item) => {
    const fields = fieldsOf(item);
    const idle = numberOf(fields('idle'));
    return {
      name: textOf(fields('name')),
      pending: numberOf(fields('pending')) ?? 0,
      idleSeconds: idle === null ? null : idle / 1000,
    };
  });

/** The oldest id of XPENDING's summary; null when nothing is pending. */
export const oldestPending = (reply: unknown): StreamId | null => streamIdOf(listOf(reply)[1]);
