import type { QueueFigure } from '../../model/sweep';
import { known, nothing, unread, type Told } from '../told';
import { numberOf } from './reply';
import type { Command, Key } from './send';

/** Libraries that keep queues of jobs in keys of their own. */
export type Library = 'bullmq' | 'celery' | 'rq' | 'sidekiq';

/** The figures that each library answers in its own way. */
type LibraryFigure = 'waiting' | 'inFlight' | 'delayed' | 'consumers' | 'ageSeconds';

/** A queue of jobs that is no stream, and how to read it: one round of commands, a second one for ages. */
export interface WorkQueue {
  /** The key, or what all its keys begin with. */
  name: Key;
  /** Null for a list or sorted set that belongs to no library we know. */
  library: Library | null;
  kind: 'list' | 'sorted_set';
  ask: Command[];
  /** @param replies those to `ask`, in its order; none is an Error */
  understand(replies: readonly unknown[]): Understood;
}

/** A library's queue as its keys tell it. */
export interface Understood {
  figures: Record<Exclude<LibraryFigure, 'ageSeconds'>, Told>;
  /** The library's own word; null where it has none. */
  state: string | null;
  /** Commands that tell how old the oldest job is. */
  askAge: Command[];
  /** @param replies those to `askAge`; an Error where it was refused. @param now milliseconds since the epoch */
  age(replies: readonly unknown[], now: number): Told;
}

/** A length as the server tells it; a key that is not there has none, which is 0. */
export const lengthOf = (reply: unknown): number => numberOf(reply) ?? 0;

/** Where there is no way to ask for an age, or no need. */
export const ageWithoutAsking = (age: Told): Pick<Understood, 'askAge' | 'age'> => ({ askAge: [], age: () => age });

/** Seconds since that moment (milliseconds since the epoch), or why it could not be read. */
export function secondsSince(moment: number, now: number, approximate?: string): Told {
  if (!(moment > 0)) return unread('the oldest job carries no time, or it could not be read');
  return known(Math.max(0, (now - moment) / 1000), approximate);
}

export const nothingUnfinished = nothing('nothing is unfinished');

/** What no work queue on Redis can tell, whatever its library. */
export const uncounted = {
  lost: nothing('a work queue has no retention that could take jobs away'),
  retained: nothing('a work queue keeps nothing that is finished'),
  produced: unread('nothing counts the jobs of this queue'),
  consumed: unread('nothing counts the jobs of this queue'),
  arrivalRate: unread('nothing counts the jobs of this queue: growth is told by its backlog'),
  departureRate: unread('nothing counts the jobs of this queue: growth is told by its backlog'),
} satisfies Partial<Record<QueueFigure, Told>>;
