import { known, nothing, unread } from '../told';
import { bytes, type Key } from './send';
import { ageWithoutAsking, lengthOf, nothingUnfinished, type WorkQueue } from './workQueue';

/** A list or sorted set of someone's own: only its length is known. */
export const plainQueue = (name: Key, kind: WorkQueue['kind']): WorkQueue => ({
  ...{ name, library: null, kind },
  ask: [[kind === 'list' ? 'LLEN' : 'ZCARD', bytes(name)]],
  understand: ([length]) => ({
    figures: {
      waiting: known(lengthOf(length)),
      inFlight: nothing('what is taken from it is gone from Redis'),
      delayed: nothing('nothing tells which of its entries are due later'),
      consumers: unread('Redis does not note who takes from it'),
    },
    state: null,
    ...ageWithoutAsking(lengthOf(length) === 0 ? nothingUnfinished : unread('its entries carry no time')),
  }),
});
