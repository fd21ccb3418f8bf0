import { known, unread, type Told } from '../told';
import { listOf } from './reply';
import { scanKeys } from './scan';
import { bytes, inBatches, keyOf, type Command, type Key, type Keyspace } from './send';
import { ageWithoutAsking, lengthOf, nothingUnfinished, type WorkQueue } from './workQueue';

const bindingPrefix = '_kombu.binding.';
/** kombu writes it between the parts of a name. */
const separator = '\x06\x16';
/** Exchanges by which workers talk among themselves; their lists are nobody's work. */
const ownExchange = /^celeryev$|celery\.pidbox$/;
/** Four steps by default (0, 3, 6, 9), but they can be set. */
const priorities = Array.from({ length: 9 }, (_, i) => i + 1);

/** Queues of Celery (kombu's Redis transport), each known by the binding that whoever declared it left behind. */
export async function celeryQueues(keyspace: Keyspace): Promise<WorkQueue[]> {
  const bindings = (await scanKeys(keyspace, 'set', `${bindingPrefix}*`)).filter(
    (key) => !ownExchange.test(key.slice(bindingPrefix.length)),
  );
  const replies = await inBatches(
    keyspace.send,
    bindings.map((key): Command => ['SMEMBERS', bytes(key)]),
  );
  // Each member is routing key, pattern and queue.
  const names = replies.flatMap((reply) => listOf(reply).map((member) => keyOf(member).split(separator).at(-1) ?? ''));
  const queues = [...new Set(names)].filter((name) => name !== '');
  return queues.map((name) => celeryQueue(name, queues.length));
}

/** One queue, its priorities included. @param queues how many share the place for what is handed out */
export function celeryQueue(name: Key, queues: number): WorkQueue {
  return {
    ...{ name, library: 'celery', kind: 'list' },
    ask: [
      ['HLEN', 'unacked'],
      ['LLEN', bytes(name)],
      ...priorities.map((priority): Command => ['LLEN', bytes(`${name}${separator}${priority}`)]),
    ],
    understand([unacked, ...lists]) {
      const waiting = lists.map(lengthOf).reduce((a, b) => a + b, 0);
      const handedOut = lengthOf(unacked);
      return {
        figures: {
          waiting: known(waiting),
          inFlight: inFlightOf(handedOut, queues),
          delayed: unread('Celery keeps delayed tasks among the others'),
          consumers: unread('Celery does not note its workers in Redis'),
        },
        state: null,
        ...ageWithoutAsking(waiting + handedOut === 0 ? nothingUnfinished : noTime),
      };
    },
  };
}

const noTime = unread('a Celery message carries no time of sending');

function inFlightOf(unacked: number, queues: number): Told {
  if (queues > 1 && unacked > 0) {
    return unread(`Celery keeps what is handed out of all its queues in one place: ${unacked} in all`);
  }
  return known(unacked, 'tasks that run are not counted unless they are acknowledged late (acks_late)');
}
