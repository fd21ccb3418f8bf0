import { none, unknown, type Approximate } from '../../model/figure';
import { queueId, type QueueName } from '../../model/identity';
import type { QueueFigure, QueueReading } from '../../model/sweep';
import { ageOf } from './ages';
import type { RowCounters } from './counters';
import { reasonOf } from './errorCodes';
import type { LogEnds } from './logEnds';
import { membersOn } from './memberRows';
import { partitionRows, problemOf, sum, type PartitionRow } from './partitionRows';
import type { Rebalances } from './rebalances';
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

/** What earlier sweeps left for this one's rows. */
export interface Past {
  ends: LogEnds;
  counters: RowCounters;
  rebalances: Rebalances;
}

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

function groupRow(
  broker: string,
  name: string,
  group: GroupState,
  { topics, endsReadAt }: ClusterState,
  { ends, counters, rebalances: countedRebalances }: Past,
): QueueReading {
  const topic = topics.get(name);
  const logProblem = topic ? (topic.problem ?? problemOf(topic.partitions)) : (group.problem ?? reasonOf(3));
  const problem = group.problem ?? group.commitProblems.get(name) ?? logProblem;
  const partitions = partitionRows(topic?.partitions ?? [], group.committed.get(name), group.members, name);
  const counted = partitions.filter(({ backlog }) => backlog !== null);
  const lacking = problem
    ? unknown(problem)
    : counted.length === 0
      ? none('the group has not committed an offset on this topic yet')
      : null;
  const backlog = lacking ? null : sum(counted, ({ backlog: waiting }) => waiting);
  const empty = row({ broker, destination: name, group: group.name });
  const { produced, begun } = logProblem
    ? { produced: null, begun: [] }
    : counters.count(empty.id, lacking ? partitions : counted, topic?.id ?? null);
  const age = ageOf(name, counted, ends, endsReadAt);
  const noAge = lacking ?? age.missing;
  const { members, consumers, problem: noMembers, approximate: allMembers } = membersOn(group, name);
  const rebalances = countedRebalances.of(group);
  return {
    ...empty,
    backlog,
    waiting: backlog,
    lost: lacking ? null : sum(counted, ({ committed, start }) => Math.max(0, (start ?? 0) - (committed ?? 0))),
    ageSeconds: lacking ? null : age.seconds,
    produced,
    consumed: produced === null || backlog === null ? null : produced - backlog,
    rebalances: rebalances.value,
    retained: logProblem ? null : retained(partitions),
    consumers,
    brokerState: group.state,
    queueType: group.type,
    // Any number of members of a share group read the same partition: it bounds and skews nothing.
    partitions: topic && !topic.problem && group.type !== 'share' ? partitions : null,
    members,
    missing: {
      ...(noAge && { ageSeconds: noAge }),
      arrivalRate: logProblem ? unknown(logProblem) : twoSweeps,
      departureRate: lacking ?? twoSweeps,
      ...(lacking && { backlog: lacking, waiting: lacking, lost: lacking, consumed: lacking }),
      ...(logProblem && { produced: unknown(logProblem), retained: unknown(logProblem) }),
      ...(noMembers && { consumers: unknown(noMembers) }),
      ...(rebalances.value === null && { rebalances: rebalances.missing }),
    },
    approximate: {
      ...(!lacking && bounds(partitions, counted, topic?.isCompacted ?? false)),
      ...retainedNote(topic, partitions),
      ...(!lacking && age.approximate && { ageSeconds: age.approximate }),
      ...(!lacking && begun.length > 0 && { departureRate: beginning(begun) }),
      ...(allMembers && { consumers: allMembers }),
      ...(rebalances.value !== null && rebalances.approximate && { rebalances: rebalances.approximate }),
    },
  };
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
  const empty = row({ broker, destination: name, group: null });
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
    approximate: retainedNote(topic, partitions),
  };
}

const retained = (partitions: readonly PartitionRow[]) =>
  sum(partitions, ({ start, end }) => (end ?? 0) - (start ?? 0));

const twoSweeps = unknown('a rate needs two sweeps');

const beginning = (partitions: readonly number[]) =>
  `the group has just begun on partition ${partitions.join(', ')}: what waited there is taken off`;

const compacted = 'compacted topic: offsets are more than messages';

const retainedNote = (topic: TopicState | undefined, partitions: readonly PartitionRow[]): Approximate =>
  topic?.isCompacted && retained(partitions) ? { retained: compacted } : {};

function bounds(
  partitions: readonly PartitionRow[],
  counted: readonly PartitionRow[],
  isCompacted: boolean,
): Approximate {
  const notes: string[] = [];
  const left = partitions.length - counted.length;
  if (left > 0) notes.push(`${left} of ${partitions.length} partitions left out: no offset committed there yet`);
  const ahead = counted.filter(({ committed, end }) => (committed ?? 0) > (end ?? 0));
  if (ahead.length > 0) {
    const numbers = ahead.map(({ partition }) => partition).join(', ');
    notes.push(`committed beyond the log end on partition ${numbers}: was the topic deleted and made again?`);
  }
  const note = notes.join('; ');
  const counters: Approximate = note === '' ? {} : { lost: note, produced: note, consumed: note };
  if (isCompacted && counted.some(({ backlog }) => backlog !== 0)) notes.push(compacted);
  const waiting = notes.join('; ');
  return waiting === '' ? {} : { ...counters, backlog: waiting, waiting };
}

/** A row of nulls; `notApplicable` tells once for all rows why most of them are. */
function row({ broker, destination, group }: Required<Omit<QueueName, 'namespace'>>): QueueReading {
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
