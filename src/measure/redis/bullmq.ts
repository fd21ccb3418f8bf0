import { known, unread, type Told } from '../told';
import { textOf } from './reply';
import { scanKeys } from './scan';
import { bytes, type Command, type Key, type Keyspace } from './send';
import { ageWithoutAsking, lengthOf, nothingUnfinished, secondsSince, type WorkQueue } from './workQueue';

const metaSuffix = ':meta';

/**
 * Queues of BullMQ, each known by its hash `PREFIX:NAME:meta` (`bull` is only the default prefix). A hash of that name
 * that is someone else's has none of the fields that BullMQ writes.
 */
export async function bullmqQueues(keyspace: Keyspace): Promise<WorkQueue[]> {
  const metas = await scanKeys(keyspace, 'hash', `*${metaSuffix}`);
  const names = metas.map((key) => key.slice(0, -metaSuffix.length));
  const marks = await keyspace.send(
    metas.flatMap((meta): Command[] => ['version', 'opts.maxLenEvents'].map((field) => ['HGET', bytes(meta), field])),
  );
  const isOurs = (i: number) => textOf(marks[2 * i]).startsWith('bullmq') || textOf(marks[2 * i + 1]) !== '';
  return names.filter((name, i) => name.startsWith('bull:') || isOurs(i)).map(bullmqQueue);
}

/** One queue (docs.bullmq.io; keys seen from 5.81 and 6.7: the first renames `wait` to `paused`, the second does not). */
export function bullmqQueue(name: Key): WorkQueue {
  const of = (part: string) => bytes(`${name}:${part}`);
  return {
    ...{ name, library: 'bullmq', kind: 'list' },
    ask: [
      ['LLEN', of('wait')],
      ['LLEN', of('paused')],
      ['ZCARD', of('prioritized')],
      ['ZCARD', of('delayed')],
      ['LLEN', of('active')],
      ['HGET', of('meta'), 'paused'],
      ['LINDEX', of('wait'), -1],
      ['LINDEX', of('paused'), -1],
      ['LINDEX', of('active'), -1],
    ],
    understand([wait, paused, prioritized, delayed, active, pausedMark, ...oldest]) {
      const next = oldest.map(textOf).filter((id) => id !== '');
      // Before 5.0 a list may end in a mark that wakes workers; it is no job.
      const marks = next.filter(isMark).length;
      const apart = lengthOf(prioritized) + lengthOf(delayed);
      const waiting = lengthOf(wait) + lengthOf(paused) - marks + apart;
      const ids = next.filter((id) => !isMark(id));
      return {
        figures: {
          waiting: known(waiting),
          inFlight: known(lengthOf(active)),
          delayed: known(lengthOf(delayed)),
          consumers: unread('BullMQ does not note its workers in Redis'),
        },
        state: textOf(pausedMark) === '' ? null : 'paused',
        ...(ids.length > 0 ? ageOf(name, ids, apart) : ageWithoutAsking(waiting === 0 ? nothingUnfinished : onlyApart)),
      };
    },
  };
}

const isMark = (id: string) => id.startsWith('0:');
const onlyApart = unread('only delayed or prioritised jobs are left, which are not kept by age');

/** The job at the right end of a list runs next: the oldest, unless jobs were added there (`lifo`). */
const ageOf = (name: Key, ids: readonly string[], apart: number) => ({
  askAge: ids.flatMap((id): Command[] =>
    ['timestamp', 'opts'].map((field) => ['HGET', Buffer.concat([bytes(`${name}:`), Buffer.from(id)]), field]),
  ),
  age(replies: readonly unknown[], now: number): Told {
    const added = ids.map((_, i) => Number(textOf(replies[2 * i]))).filter((moment) => moment > 0);
    const lifo = ids.some((_, i) => textOf(replies[2 * i + 1]).includes('"lifo":true'));
    const unseen = [
      ...(lifo ? ['jobs were added to be next (lifo): older ones may wait behind them'] : []),
      ...(apart > 0 ? ['delayed and prioritised jobs are not looked at'] : []),
    ];
    return secondsSince(Math.min(...added), now, unseen.length > 0 ? unseen.join('; ') : undefined);
  },
});
