import type { Redis } from 'ioredis';
import { bytesOf, listOf, textOf, type StreamId } from './reply';
import {
  consumerInfos,
  groupInfos,
  oldestPending,
  streamInfo,
  type ConsumerInfo,
  type GroupInfo,
  type StreamInfo,
} from './stream';

/** Commands a batch sends before it waits: large enough to hide the round trip, small enough to let others in between. */
const batchSize = 500;
const scanCount = 1000;

type Argument = string | Buffer | number;
export type Command = readonly [name: string, ...args: Argument[]];

/** Sends commands in one go. Each has its own answer: an Error where only it failed. @throws when the connection fails */
export type Send = (commands: readonly Command[]) => Promise<unknown[]>;

/** A `Send` over that connection; each batch is one pipeline. */
export const sendOver =
  (client: Redis): Send =>
  async (commands) => {
    const pipeline = client.pipeline();
    for (const [name, ...args] of commands) pipeline.callBuffer(name, args);
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, reply]) => error ?? reply);
  };

/** Every key that is a stream, once each. SCAN tells names that the user may not read, too. */
export async function streamKeys(send: Send): Promise<Buffer[]> {
  const keys = new Map<string, Buffer>();
  let cursor = '0';
  do {
    const [reply] = await send([['SCAN', cursor, 'COUNT', scanCount, 'TYPE', 'stream']]);
    if (reply instanceof Error) throw reply;
    const [next, found] = listOf(reply);
    for (const key of listOf(found).map(bytesOf)) keys.set(key.toString('latin1'), key);
    cursor = textOf(next);
  } while (cursor !== '0' && cursor !== '');
  return [...keys.values()];
}

/** One group; null for details that it has not, or that could not be read. */
export interface GroupRead {
  group: GroupInfo;
  oldestPending: StreamId | null;
  consumers: ConsumerInfo[] | null;
}

/** One stream with its groups, or why it could not be read. */
export interface StreamRead {
  key: Buffer;
  stream: StreamInfo | Error;
  groups: GroupRead[] | Error;
}

/** XINFO STREAM and GROUPS of every key, then the oldest pending entry and the consumers of the groups that have some. */
export async function readStreams(send: Send, keys: readonly Buffer[]): Promise<StreamRead[]> {
  const replies = await inBatches(
    send,
    keys.flatMap((key): Command[] => [
      ['XINFO', 'STREAM', key],
      ['XINFO', 'GROUPS', key],
    ]),
  );
  const reads = keys.map((key, i): StreamRead => {
    const [stream, groups] = [replies[2 * i], replies[2 * i + 1]];
    return {
      key,
      stream: stream instanceof Error ? stream : streamInfo(stream),
      groups:
        groups instanceof Error
          ? groups
          : groupInfos(groups).map((group) => ({ group, oldestPending: null, consumers: null })),
    };
  });
  await readDetails(send, reads);
  return reads;
}

interface Detail {
  command: Command;
  take(reply: unknown): void;
}

async function readDetails(send: Send, reads: readonly StreamRead[]): Promise<void> {
  const details = reads.flatMap(({ key, groups }) =>
    groups instanceof Error ? [] : groups.flatMap((read) => detailsOf(key, read)),
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

function detailsOf(key: Buffer, read: GroupRead): Detail[] {
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

async function inBatches(send: Send, commands: readonly Command[]): Promise<unknown[]> {
  const replies: unknown[] = [];
  for (let i = 0; i < commands.length; i += batchSize) {
    for (const reply of await send(commands.slice(i, i + batchSize))) replies.push(reply);
  }
  return replies;
}
