import type { Approximate, Missing } from '../model/figure';
import { queueFigures, type Identity, type QueueFigure, type QueueReading } from '../model/sweep';
import type { Told } from './told';

/** What a row says beside its figures; null where absent. */
type Words = Pick<QueueReading, 'brokerState' | 'queueType' | 'overflow' | 'deadLetter'> &
  Pick<QueueReading, 'partitions' | 'members' | 'bindings'>;

/**
 * The row of a queue, with the reason of every figure that is null. A figure that is not told is one that the system
 * never has. Every field is named, so that all rows have one shape: put together by spreading, ten thousand of them took
 * half a second and most of the memory.
 * @param said what is said of these figures, where many rows say the same and share it
 */
export function readingOf<F extends QueueFigure>(
  place: Identity,
  told: Record<F, Told>,
  words: Partial<Words> = {},
  { missing, approximate }: Said = saidOf(told),
): QueueReading {
  const of: Partial<Record<QueueFigure, Told>> = told;
  const { id, broker, system, kind, namespace, destination, group } = place;
  return {
    id,
    broker,
    system,
    kind,
    namespace,
    destination,
    group,
    backlog: valueOf(of.backlog),
    waiting: valueOf(of.waiting),
    lost: valueOf(of.lost),
    inFlight: valueOf(of.inFlight),
    delayed: valueOf(of.delayed),
    ageSeconds: valueOf(of.ageSeconds),
    produced: valueOf(of.produced),
    consumed: valueOf(of.consumed),
    redelivered: valueOf(of.redelivered),
    rebalances: valueOf(of.rebalances),
    retained: valueOf(of.retained),
    capacity: valueOf(of.capacity),
    capacityBytes: valueOf(of.capacityBytes),
    consumers: valueOf(of.consumers),
    prefetch: valueOf(of.prefetch),
    consumerCapacity: valueOf(of.consumerCapacity),
    brokerState: words.brokerState ?? null,
    queueType: words.queueType ?? null,
    overflow: words.overflow ?? null,
    deadLetter: words.deadLetter ?? null,
    arrivalRate: valueOf(of.arrivalRate),
    departureRate: valueOf(of.departureRate),
    partitions: words.partitions ?? null,
    members: words.members ?? null,
    bindings: words.bindings ?? null,
    missing,
    approximate,
  };
}

const valueOf = (told: Told | undefined) => told?.value ?? null;

/** Why figures are null, and how far others may be off. */
export interface Said {
  missing: Missing;
  approximate: Approximate;
}

/** What is said of these figures. */
export function saidOf(told: Partial<Record<QueueFigure, Told>>): Said {
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
