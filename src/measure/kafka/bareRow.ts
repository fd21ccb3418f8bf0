import { unknown } from '../../model/figure';
import { queueId, type QueueName } from '../../model/identity';
import type { QueueReading } from '../../model/sweep';
import { sum, type PartitionRow } from './partitionRows';

/** A row of nulls; `notApplicable` tells once for all rows why most of them are. */
export function bareRow({ broker, destination, group }: Required<Omit<QueueName, 'namespace'>>): QueueReading {
  return {
    id: queueId({ broker, destination, group }),
    broker,
    system: 'kafka',
    kind: 'topic',
    namespace: null,
    destination,
    group,
    backlog: null,
    waiting: null,
    lost: null,
    inFlight: null,
    delayed: null,
    ageSeconds: null,
    produced: null,
    consumed: null,
    redelivered: null,
    rebalances: null,
    retained: null,
    capacity: null,
    capacityBytes: null,
    consumers: null,
    prefetch: null,
    consumerCapacity: null,
    brokerState: null,
    queueType: null,
    overflow: null,
    deadLetter: null,
    arrivalRate: null,
    departureRate: null,
    partitions: null,
    members: null,
    bindings: null,
    missing: {},
    approximate: {},
  };
}

/** Why there is no rate yet. */
export const twoSweeps = unknown('a rate needs two sweeps');

/** Messages that the log keeps. */
export const retained = (partitions: readonly PartitionRow[]) =>
  // A start may be read a moment after its end.
  sum(partitions, ({ start, end }) => Math.max(0, (end ?? 0) - (start ?? 0)));
