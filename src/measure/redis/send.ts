import type { Redis } from 'ioredis';
import { bytesOf } from './reply';

/** Commands a batch sends before it waits: large enough to hide the round trip, small enough to let others in between. */
const batchSize = 250;

/** All that Redis is ever asked; none of it changes anything (redis.io/docs/latest/commands, flag `readonly`). */
export const readCommands = [
  ...(['CLUSTER', 'INFO', 'SCAN', 'TYPE'] as const),
  ...(['XINFO', 'XPENDING', 'LLEN', 'LINDEX', 'ZCARD', 'HLEN', 'HGET', 'SCARD', 'SMEMBERS'] as const),
] as const;

type Argument = string | Buffer | number;
export type Command = readonly [name: (typeof readCommands)[number], ...args: Argument[]];

/** Sends commands in one go. Each has its own answer: an Error where only it failed. @throws when the connection fails */
export type Send = (commands: readonly Command[]) => Promise<unknown[]>;

/** The keys of one database, on one server or spread over the masters of a cluster. */
export interface Keyspace {
  /** Sends each command to where its key lies. */
  send: Send;
  /** One for each server that holds keys, for commands without a key. */
  nodes: readonly Send[];
}

/** A `Send` over that connection; each batch is one pipeline. */
export const sendOver =
  (client: Redis): Send =>
  async (commands) => {
    const pipeline = client.pipeline();
    for (const [name, ...args] of commands) pipeline.callBuffer(name, args);
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, reply]) => error ?? reply);
  };

/** Any number of commands, some hundred at a time. Their answers come in the order of the commands. */
export async function inBatches(send: Send, commands: readonly Command[]): Promise<unknown[]> {
  const replies: unknown[] = [];
  for (let i = 0; i < commands.length; i += batchSize) {
    for (const reply of await send(commands.slice(i, i + batchSize))) replies.push(reply);
  }
  return replies;
}

/** A key with one character for each byte, so that it can be compared and cut; names need not be text. */
export type Key = string;
export const keyOf = (reply: unknown): Key => bytesOf(reply).toString('latin1');
export const keyNamed = (name: string): Key => Buffer.from(name, 'utf8').toString('latin1');
export const bytes = (key: Key): Buffer => Buffer.from(key, 'latin1');
const isPlain = (key: Key) => /^[ -~]*$/.test(key);
/** As it is sent: text where the key is such, which ioredis sends several times faster. */
export const argumentOf = (key: Key): string | Buffer => (isPlain(key) ? key : bytes(key));
/** What a person reads; bytes that are no UTF-8 become U+FFFD. */
export const nameOf = (key: Key): string => (isPlain(key) ? key : bytes(key).toString('utf8'));
