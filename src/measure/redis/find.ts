import { matchesPattern } from '../../model/pipeline';
import type { WantedQueue } from '../source';
import { bullmqQueue, bullmqQueues } from './bullmq';
import { celeryQueue, celeryQueues } from './celery';
import { plainQueue } from './plain';
import { textOf } from './reply';
import { rqQueue, rqQueues } from './rq';
import { scanKeys } from './scan';
import { bytes, inBatches, keyNamed, nameOf, type Command, type Key, type Keyspace } from './send';
import { sidekiqQueue, sidekiqQueues, sidekiqSet, sidekiqSets } from './sidekiq';
import type { WorkQueue } from './workQueue';

/** What is there to be read. */
export interface Findings {
  /** Keys that are, or may be, streams. */
  streams: Key[];
  queues: WorkQueue[];
}

/** Streams that libraries keep for themselves: BullMQ's events, RQ's results (one a job). They are nobody's queue. */
const helperStream = /^(bull:.*:events$|rq:results:)/s;

/** Every stream, and every queue of a library that its keys give away. Other lists and sorted sets are nobody's queue. */
export async function findAll(keyspace: Keyspace): Promise<Findings> {
  const [streams, bullmq, ...others] = await Promise.all([
    scanKeys(keyspace, 'stream'),
    bullmqQueues(keyspace),
    celeryQueues(keyspace),
    rqQueues(keyspace),
    sidekiqQueues(keyspace),
  ]);
  const events = new Set(bullmq.map(({ name }) => `${name}:events`));
  return {
    streams: streams.filter((key) => !helperStream.test(key) && !events.has(key)),
    queues: [...bullmq, ...others.flat()],
  };
}

/** What is wanted, without walking over every key of the database unless a pattern asks for it. */
export async function findWanted(keyspace: Keyspace, wanted: readonly WantedQueue[]): Promise<Findings> {
  const patterns = wanted.flatMap(({ pattern, destination }) => (pattern ? [destination] : []));
  const named = await findNamed(
    keyspace,
    wanted.filter(({ pattern }) => !pattern),
  );
  if (patterns.length === 0) return named;
  const all = await findAll(keyspace);
  const matches = (key: Key) => patterns.some((pattern) => matchesPattern(pattern, nameOf(key)));
  const plain = await Promise.all(patterns.map((pattern) => findPlain(keyspace, pattern, all.queues)));
  const queues = [...named.queues, ...all.queues.filter(({ name }) => matches(name)), ...plain.flat()];
  return {
    streams: [...new Set([...named.streams, ...all.streams.filter(matches)])],
    queues: [...new Map(queues.map((queue) => [queue.name, queue])).values()],
  };
}

/** Lists and sorted sets that a pattern asks for, less those that make up a queue of a library. */
async function findPlain(keyspace: Keyspace, pattern: string, known: readonly WorkQueue[]): Promise<WorkQueue[]> {
  const match = pattern.replace(/[\\?[\]]/g, '\\$&');
  const [lists, sets] = await Promise.all([scanKeys(keyspace, 'list', match), scanKeys(keyspace, 'zset', match)]);
  const parts = new Set(known.flatMap(({ ask }) => ask.map(([, key]) => String(key))));
  const prefixes = [...known.flatMap(({ library, name }) => (library === 'bullmq' ? [`${name}:`] : [])), 'rq:'];
  const foreign = (key: Key) => !parts.has(nameOf(key)) && !prefixes.some((prefix) => key.startsWith(prefix));
  return [
    ...lists.filter(foreign).map((key) => plainQueue(key, 'list')),
    ...sets.filter(foreign).map((key) => plainQueue(key, 'sorted_set')),
  ];
}

async function findNamed(keyspace: Keyspace, wanted: readonly WantedQueue[]): Promise<Findings> {
  const asked = new Map(wanted.map((queue) => [keyNamed(queue.destination), queue]));
  const types = await inBatches(
    keyspace.send,
    [...asked.keys()].flatMap((key): Command[] => [
      ['TYPE', bytes(key)],
      ['TYPE', bytes(`${key}:meta`)],
    ]),
  );
  const typed = [...asked].map(([key, { type, group }], i) => ({
    key,
    given: type ?? (group == null ? undefined : 'stream'),
    found: textOf(types[2 * i]),
    meta: textOf(types[2 * i + 1]),
  }));
  const isUnclear = ({ given, found }: Typed) => given === undefined && ['list', 'zset', 'none'].includes(found);
  const libraries = typed.some(isUnclear)
    ? (await Promise.all([celeryQueues(keyspace), rqQueues(keyspace), sidekiqQueues(keyspace)])).flat()
    : [];
  const queues = typed.flatMap((one) => queueOf(one, libraries) ?? []);
  const taken = new Set(queues.map(({ name }) => name));
  return { streams: typed.flatMap(({ key }) => (taken.has(key) ? [] : [key])), queues };
}

interface Typed {
  key: Key;
  given: WantedQueue['type'];
  found: string;
  meta: string;
}

/** Null for what is a stream, is not there, or may not be looked at: reading it as a stream tells which. */
function queueOf({ key, given, found, meta }: Typed, libraries: readonly WorkQueue[]): WorkQueue | null {
  if (given === 'bullmq' || (given === undefined && found === 'none' && meta === 'hash')) return bullmqQueue(key);
  if (given === 'celery') return celeryQueue(key, Infinity);
  if (given === 'rq') return rqQueue(key);
  if (given === 'sidekiq') return sidekiqSets.includes(key) ? sidekiqSet(key) : sidekiqQueue(key);
  // A list that is empty is not there.
  if (given === 'list') return plainQueue(key, 'list');
  if (given === 'sorted-set') return plainQueue(key, 'sorted_set');
  if (given === 'stream') return null;
  const ofLibrary = libraries.find(({ name }) => name === key);
  if (ofLibrary) return ofLibrary;
  if (found === 'list') return plainQueue(key, 'list');
  return found === 'zset' ? plainQueue(key, 'sorted_set') : null;
}
