import { known, unread, type Told } from '../told';
import { listOf, textOf } from './reply';
import { bytes, keyOf, type Key, type Keyspace } from './send';
import { ageWithoutAsking, lengthOf, nothingUnfinished, secondsSince, type WorkQueue } from './workQueue';

/** What the list of every queue of RQ is called by. */
export const rqPrefix = 'rq:queue:';

/** Queues of RQ, which keeps the keys of their lists in the set `rq:queues`. */
export async function rqQueues({ send }: Keyspace): Promise<WorkQueue[]> {
  const [members] = await send([['SMEMBERS', 'rq:queues']]);
  const names = listOf(members).map(keyOf);
  return names.filter((name) => name.startsWith(rqPrefix)).map(rqQueue);
}

/** One queue (keys seen from RQ 3.0; python-rq.org). @param name its list, `rq:queue:NAME` */
export function rqQueue(name: Key): WorkQueue {
  const of = (part: string) => bytes(`rq:${part}:${name.slice(rqPrefix.length)}`);
  return {
    ...{ name, library: 'rq', kind: 'list' },
    ask: [
      ['LLEN', bytes(name)],
      ['ZCARD', of('scheduled')],
      ['ZCARD', of('deferred')],
      ['ZCARD', of('wip')],
      ['SCARD', of('workers')],
      ['LINDEX', bytes(name), 0],
    ],
    understand([list, scheduled, deferred, wip, workers, next]) {
      const waiting = lengthOf(list) + lengthOf(scheduled) + lengthOf(deferred);
      const running = lengthOf(wip);
      const id = textOf(next);
      return {
        figures: {
          waiting: known(waiting),
          inFlight: known(running),
          delayed: known(lengthOf(scheduled)),
          consumers: known(lengthOf(workers)),
        },
        state: null,
        ...(id === ''
          ? ageWithoutAsking(waiting + running === 0 ? nothingUnfinished : notLookedAt)
          : ageOf(id, waiting + running > lengthOf(list))),
      };
    },
  };
}

const notLookedAt = unread('only running, scheduled or deferred jobs are left, which are not looked at');

/** The left end of the list is next. @param others there are jobs outside the list */
const ageOf = (id: string, others: boolean) => ({
  askAge: [['HGET', `rq:job:${id}`, 'enqueued_at'] as const],
  age: ([enqueuedAt]: readonly unknown[], now: number): Told =>
    secondsSince(
      Date.parse(textOf(enqueuedAt)),
      now,
      others ? 'of the job that is next: running, scheduled and deferred ones are not looked at' : undefined,
    ),
});
