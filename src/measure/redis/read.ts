import pMap from 'p-map';
import type { StreamId } from './reply';
import { argumentOf, inBatches, type Command, type Key, type Send } from './send';
import {
  consumerInfos,
  groupInfos,
  oldestPending,
  streamInfo,
  type ConsumerInfo,
  type GroupInfo,
  type StreamInfo,
} from './stream';

/** One group; null for details that it has not, or that could not be read. */
export interface GroupRead {
  group: GroupInfo;
  oldestPending: StreamId | null;
  consumers: ConsumerInfo[] | null;
}

/** One stream with its groups, or why it could not be read. */
export interface StreamRead {
  key: Key;
  stream: StreamInfo | Error;
  groups: GroupRead[] | Error;
}

/** Enough to hide the round trip, and few enough for none to keep others waiting. */
const keysPerBatch = 100;
/** Replies are understood while the server works on those to the next batches. */
const batchesAtOnce = 2;

/**
 * XINFO STREAM and GROUPS of every key, then the oldest pending entry and the consumers of the groups that have some.
 * @param understand what is kept of a stream: the replies to ten thousand would be a hundred megabytes
 */
export async function readStreams<Kept>(
  send: Send,
  keys: readonly Key[],
  understand: (read: StreamRead) => Kept,
): Promise<Kept[]> {
  const batches = Array.from({ length: Math.ceil(keys.length / keysPerBatch) }, (_, i) =>
    keys.slice(i * keysPerBatch, (i + 1) * keysPerBatch),
  );
  const read = async (batch: readonly Key[]) => (await readBatch(send, batch)).map(understand);
  const kept = await pMap(batches, read, { concurrency: batchesAtOnce });
  return kept.reduce<Kept[]>((all, some) => all.concat(some), []);
}

async function readBatch(send: Send, keys: readonly Key[]): Promise<StreamRead[]> {
  const replies = await send(
    keys.flatMap((key): Command[] => [
      ['XINFO', 'STREAM', argumentOf(key)],
      ['XINFO', 'GROUPS', argumentOf(key)],
    ]),
  );
  const reads = keys.map((key, i) => streamRead(key, replies[2 * i], replies[2 * i + 1]));
  await readDetails(send, reads);
  return reads;
}

const streamRead = (key: Key, stream: unknown, groups: unknown): StreamRead => ({
  key,
  stream: stream instanceof Error ? stream : streamInfo(stream),
  groups:
    groups instanceof Error
      ? groups
      : groupInfos(groups).map((group) => ({ group, oldestPending: null, consumers: null })),
});

interface Detail {
  command: Command;
  take(reply: unknown): void;
}

async function readDetails(send: Send, reads: readonly StreamRead[]): Promise<void> {
  const details = reads.flatMap(({ key, groups }) =>
    groups instanceof Error ? [] : groups.flatMap((read) => detailsOf(argumentOf(key), read)),
  );
  const replies = await inBatches(
    send,
    details.map(({ command }) => command),
  );
  details.forEach((detail, i) => {
    // A detail that is denied or gone leaves its figure unknown; the rest of the row stands.
    if (!(replies[i] instanceof Error)) detail.take(replies[i]);
  });
}

function detailsOf(key: string | Buffer, read: GroupRead): Detail[] {
  const { name, pending, consumers } = read.group;
  const details: Detail[] = [];
  if (pending > 0) {
    details.push({ command: ['XPENDING', key, name], take: (reply) => (read.oldestPending = oldestPending(reply)) });
  }
  if (consumers > 0) {
    details.push({
      command: ['XINFO', 'CONSUMERS', key, name],
      take: (reply) => (read.consumers = consumerInfos(reply)),
    });
  }
  return details;
}
