import { known, nothing, unread, type Told } from '../told';
import { compareIds, type StreamId } from './reply';
import type { GroupInfo, StreamInfo } from './stream';

/** Everything of the stream that is left lies after what was handed out last. */
const nothingLeftWasRead = (stream: StreamInfo, group: GroupInfo) =>
  stream.firstId !== null && group.lastDeliveredId !== null && compareIds(group.lastDeliveredId, stream.firstId) < 0;

const readToTheEnd = (stream: StreamInfo, group: GroupInfo) =>
  stream.lastId !== null && group.lastDeliveredId !== null && compareIds(group.lastDeliveredId, stream.lastId) >= 0;

/**
 * Entries not handed out to the group. Redis' own lag counts entries that trimming took away (7.0), so what is in the
 * stream bounds it; where Redis lost count (an undelivered entry was deleted, the group began in the middle), entries
 * added − entries read is an upper bound.
 */
export function waitingOf(stream: StreamInfo, group: GroupInfo): Told {
  if (stream.length === 0 || readToTheEnd(stream, group)) return known(0);
  if (nothingLeftWasRead(stream, group)) return known(stream.length);
  if (group.lag !== null) return known(Math.min(group.lag, stream.length));
  if (stream.entriesAdded !== null && group.entriesRead !== null) {
    const bound = Math.min(stream.entriesAdded - group.entriesRead, stream.length);
    return known(bound, 'an upper bound: undelivered entries were deleted and Redis gives no lag');
  }
  return unread(
    group.counts
      ? 'Redis lost count: entries were deleted or the group began in the middle; it counts again once the group has read to the end'
      : 'Redis before 7.0 does not count what a group has still to read',
  );
}

/** Entries that trimming took away before the group read them, as far as Redis' own lag still counts them. */
export function lostOf(stream: StreamInfo, group: GroupInfo): Told {
  if (group.lag === null) return unread('Redis gives no lag for this group');
  return known(nothingLeftWasRead(stream, group) || stream.length === 0 ? Math.max(0, group.lag - stream.length) : 0);
}

/**
 * Entries ever added. Where Redis counts for the group, this is of the same moment as the group's other figures.
 */
export function producedOf(stream: StreamInfo, group: GroupInfo | null): Told {
  if (group?.entriesRead != null && group.lag !== null) return known(group.entriesRead + group.lag);
  if (stream.entriesAdded !== null) return known(stream.entriesAdded);
  return unread('Redis before 7.0 does not count what is added');
}

/** Entries the group has done with, so that what was added less this is always the backlog. */
export function consumedOf(produced: Told, backlog: Told): Told {
  if (produced.value === null) return produced;
  if (backlog.value === null) return backlog;
  return known(Math.max(0, produced.value - backlog.value), backlog.approximate);
}

/** Ids below this are a producer's own numbers, not times: streams did not exist before 2018. */
const earliestTime = Date.UTC(2017, 0);

/**
 * Age of the oldest unfinished entry, read from its id. Without reading messages only some ids are known: the oldest
 * pending one, the stream's first and last. Otherwise the entry handed out last is older than all that wait.
 * @param now milliseconds since the epoch, by the clock that made the ids
 */
export function ageOf(
  stream: StreamInfo,
  group: GroupInfo,
  waiting: number | null,
  oldestPending: StreamId | null,
  now: number,
): Told {
  if (oldestPending) return age(oldestPending, now);
  if (group.pending > 0) return unread('the oldest pending entry could not be read');
  if (waiting === 0) return nothing('nothing is unfinished');
  if (nothingLeftWasRead(stream, group)) return age(stream.firstId, now);
  if (waiting === 1) return age(stream.lastId, now);
  return age(group.lastDeliveredId, now, 'at most: the age of the entry that was handed out last');
}

function age(id: StreamId | null, now: number, approximate?: string): Told {
  if (id === null || id.ms < earliestTime) {
    return unread('the ids of this stream carry no time: the producer chooses them');
  }
  return known(Math.max(0, (now - id.ms) / 1000), approximate);
}
