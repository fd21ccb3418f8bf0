import * as z from 'zod';
import { known, nothing, unread, type Told } from '../told';
import { listOf, textOf } from './reply';
import { bytes, keyOf, type Key, type Keyspace } from './send';
import { ageWithoutAsking, lengthOf, nothingUnfinished, secondsSince, type WorkQueue } from './workQueue';

/** What the list of every queue of Sidekiq is called by. */
export const sidekiqPrefix = 'queue:';
/** Sorted sets with jobs of all queues, by the second at which they are due. */
export const sidekiqSets: readonly Key[] = ['schedule', 'retry'];

/** Queues of Sidekiq, which keeps their names in the set `queues`, and what it will put into them later. */
export async function sidekiqQueues({ send }: Keyspace): Promise<WorkQueue[]> {
  const [members] = await send([['SMEMBERS', 'queues']]);
  const names = listOf(members).map(keyOf);
  if (names.length === 0) return [];
  return [...names.map((name) => sidekiqQueue(`${sidekiqPrefix}${name}`)), ...sidekiqSets.map(sidekiqSet)];
}

/** One queue (github.com/sidekiq/sidekiq/wiki/API). @param name its list, `queue:NAME` */
export const sidekiqQueue = (name: Key): WorkQueue => ({
  ...{ name, library: 'sidekiq', kind: 'list' },
  ask: [
    ['LLEN', bytes(name)],
    ['LINDEX', bytes(name), -1],
  ],
  understand: ([list, oldest]) => ({
    figures: {
      waiting: known(lengthOf(list)),
      inFlight: unread('Sidekiq notes running jobs with their workers, not with their queue'),
      delayed: nothing('scheduled jobs of all queues have rows of their own'),
      consumers: unread('a worker of Sidekiq serves several queues'),
    },
    state: null,
    askAge: [],
    age: (_, now) =>
      lengthOf(list) === 0 ? nothing('nothing is waiting') : secondsSince(enqueuedAt(textOf(oldest)), now),
  }),
});

/** `schedule` or `retry`. */
export const sidekiqSet = (name: Key): WorkQueue => ({
  ...{ name, library: 'sidekiq', kind: 'sorted_set' },
  ask: [['ZCARD', bytes(name)]],
  understand: ([cardinality]) => ({
    figures: {
      waiting: known(lengthOf(cardinality)),
      inFlight: nothing('nothing is handed out from here'),
      delayed: known(lengthOf(cardinality)),
      consumers: nothing('nothing is handed out from here'),
    },
    state: null,
    ...ageWithoutAsking(lengthOf(cardinality) === 0 ? nothingUnfinished : orderedByDue),
  }),
});

const orderedByDue: Told = unread('jobs are kept by when they are due, not by age');

const job = z.object({ enqueued_at: z.number() });

/** Milliseconds since the epoch, NaN where the job does not tell. Seconds before Sidekiq 8, milliseconds since. */
function enqueuedAt(text: string): number {
  try {
    const moment = job.safeParse(JSON.parse(text)).data?.enqueued_at ?? NaN;
    return moment < 1e11 ? moment * 1000 : moment;
  } catch {
    return NaN;
  }
}
