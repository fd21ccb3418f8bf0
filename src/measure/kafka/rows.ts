import { none, unknown } from '../../model/figure';
import type { QueueName } from '../../model/identity';
import type { QueueFigure, QueueReading } from '../../model/sweep';
import { bareRow, retained, twoSweeps } from './bareRow';
import type { RowCounters } from './counters';
import { groupRow, type Past } from './groupRow';
import { partitionRows, problemOf } from './partitionRows';
import type { ClusterState, GroupState, TopicState } from './state';

/** Figures that Kafka never has. */
export const notApplicable = [
  'inFlight',
  'delayed',
  'redelivered',
  'capacity',
  'capacityBytes',
  'prefetch',
  'consumerCapacity',
] as const satisfies QueueFigure[];

/** Stands for the topics of a group that may not be described. */
export const unknownTopic = '*';

type Wanted = readonly Pick<QueueName, 'destination' | 'group'>[] | null;

/**
 * One row for each group and topic it has committed on or is assigned, one for each topic without a group. `wanted` adds
 * rows for what is not there (yet). Rows come one by one so that the caller can let other work through between them.
 */
export function* rowsOf(broker: string, state: ClusterState, wanted: Wanted, past: Past): Generator<QueueReading> {
  const read = new Set<string>();
  const ids = new Set<string>();
  for (const group of state.groups) {
    for (const name of topicsOf(group, state, wanted)) {
      const row = groupRow(broker, name, group, state, past);
      read.add(name);
      ids.add(row.id);
      yield row;
    }
  }
  for (const [name, topic] of state.topics) {
    if (read.has(name)) continue;
    const row = topicRow(broker, name, topic, state.unseenGroups, past.counters);
    ids.add(row.id);
    yield row;
  }
  past.counters.keep(ids);
}

function topicsOf(group: GroupState, { topics, leftOut }: ClusterState, wanted: Wanted): Set<string> {
  const names = new Set([
    ...group.committed.keys(),
    ...(group.members ?? []).flatMap(({ assigned, subscribed }) => [
      ...assigned.map(({ topic }) => topic),
      ...(subscribed ?? []).filter((topic) => topics.has(topic)),
    ]),
  ]);
  for (const name of names) if (leftOut.has(name) || (wanted && !topics.has(name))) names.delete(name);
  for (const { destination, group: reader } of wanted ?? []) if (reader === group.name) names.add(destination);
  if (names.size === 0 && group.problem) names.add(unknownTopic);
  return names;
}

/** What only a group has. */
const groupFigures = [
  ...(['backlog', 'waiting', 'lost', 'ageSeconds', 'consumed', 'rebalances', 'consumers', 'departureRate'] as const),
];

function topicRow(
  broker: string,
  name: string,
  topic: TopicState,
  unseenGroups: string | null,
  counters: RowCounters,
): QueueReading {
  const problem = topic.problem ?? problemOf(topic.partitions);
  const partitions = partitionRows(topic.partitions, undefined, null, name);
  const unread = unseenGroups ? unknown(unseenGroups) : none('no consumer group reads this topic');
  const empty = bareRow({ broker, destination: name, group: null });
  return {
    ...empty,
    produced: problem ? null : counters.count(empty.id, partitions, topic.id).produced,
    retained: problem ? null : retained(partitions),
    partitions: topic.problem ? null : partitions,
    missing: {
      ...Object.fromEntries(groupFigures.map((figure) => [figure, unread])),
      arrivalRate: problem ? unknown(problem) : twoSweeps,
      ...(problem && { produced: unknown(problem), retained: unknown(problem) }),
    },
  };
}
