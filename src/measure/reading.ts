import type { Approximate, Missing } from '../model/figure';
import { queueFigures, type Identity, type QueueFigure, type QueueReading } from '../model/sweep';
import type { Told } from './told';

/** What a row says beside its figures; null where absent. */
type Words = Partial<Pick<QueueReading, Word>>;
type Word = 'brokerState' | 'queueType' | 'overflow' | 'deadLetter' | 'partitions' | 'members' | 'bindings';
type Figures = Partial<Record<QueueFigure, Told>>;

/**
 * The row of a queue, with the reason of every figure that is null. A figure that is not told is one that the system
 * never has: `F` are those it has, so that none is forgotten.
 * @param said what is said of these figures, where many rows say the same and share it
 */
export const readingOf = <F extends QueueFigure>(
  place: Identity,
  told: Record<F, Told>,
  words: Words = {},
  said: Said = saidOf(told),
): QueueReading => rowOf(place, told, words, said);

/**
 * The same where one row has other figures than the next. Every field is named, so that all rows have one shape: put
 * together by spreading, ten thousand of them took half a second and most of the memory.
 */
export const rowOf = (place: Identity, told: Figures, words: Words = {}, said = saidOf(told)): QueueReading => ({
  id: place.id,
  broker: place.broker,
  system: place.system,
  kind: place.kind,
  namespace: place.namespace,
  destination: place.destination,
  group: place.group,
  backlog: valueOf(told.backlog),
  waiting: valueOf(told.waiting),
  lost: valueOf(told.lost),
  inFlight: valueOf(told.inFlight),
  delayed: valueOf(told.delayed),
  ageSeconds: valueOf(told.ageSeconds),
  produced: valueOf(told.produced),
  consumed: valueOf(told.consumed),
  redelivered: valueOf(told.redelivered),
  rebalances: valueOf(told.rebalances),
  retained: valueOf(told.retained),
  capacity: valueOf(told.capacity),
  capacityBytes: valueOf(told.capacityBytes),
  consumers: valueOf(told.consumers),
  prefetch: valueOf(told.prefetch),
  consumerCapacity: valueOf(told.consumerCapacity),
  brokerState: words.brokerState ?? null,
  queueType: words.queueType ?? null,
  overflow: words.overflow ?? null,
  deadLetter: words.deadLetter ?? null,
  arrivalRate: valueOf(told.arrivalRate),
  departureRate: valueOf(told.departureRate),
  partitions: words.partitions ?? null,
  members: words.members ?? null,
  bindings: words.bindings ?? null,
  missing: said.missing,
  approximate: said.approximate,
});

const valueOf = (told: Told | undefined) => told?.value ?? null;

/** Why figures are null, and how far others may be off. */
export interface Said {
  missing: Missing;
  approximate: Approximate;
}

/** What is said of these figures. */
export function saidOf(told: Figures): Said {
  const missing: Missing = {};
  const approximate: Approximate = {};
  for (const figure of queueFigures) {
    const answer = told[figure];
    if (answer === undefined) continue;
    if (answer.value === null) missing[figure] = answer.missing;
    else if (answer.approximate !== undefined) approximate[figure] = answer.approximate;
  }
  return { missing, approximate };
}
