import { none, unknown, type Approximate, type Missing, type MissingReason } from '../../model/figure';
import type { QueueReading } from '../../model/sweep';
import type { Told } from '../told';
import { ageOf, type Age } from './ages';
import { bareRow, retained, twoSweeps } from './bareRow';
import type { RowCounters } from './counters';
import { reasonOf } from './errorCodes';
import type { LogEnds } from './logEnds';
import { membersOn } from './memberRows';
import { partitionRows, problemOf, sum, type PartitionRow } from './partitionRows';
import type { Rebalances } from './rebalances';
import type { ClusterState, GroupState, TopicState } from './state';

/** What earlier sweeps left for this one's rows. */
export interface Past {
  ends: LogEnds;
  counters: RowCounters;
  rebalances: Rebalances;
}

/** What a group's row is made of. */
interface GroupOnTopic {
  group: GroupState;
  topic: TopicState | undefined;
  partitions: PartitionRow[];
  /** Those that the group has committed an offset on. */
  counted: PartitionRow[];
  /** Why the log's own figures are not known. */
  logProblem: string | null;
  /** Why there is no backlog. */
  lacking: MissingReason | null;
}

function onTopic(name: string, group: GroupState, topic: TopicState | undefined): GroupOnTopic {
  const logProblem = topic ? (topic.problem ?? problemOf(topic.partitions)) : (group.problem ?? reasonOf(3));
  const problem = group.problem ?? group.commitProblems.get(name) ?? logProblem;
  const partitions = partitionRows(topic?.partitions ?? [], group.committed.get(name), group.members, name);
  const counted = partitions.filter(({ backlog }) => backlog !== null);
  const notCommitted = () =>
    counted.length === 0 ? none('the group has not committed an offset on this topic yet') : null;
  return { group, topic, partitions, counted, logProblem, lacking: problem ? unknown(problem) : notCommitted() };
}

/** The row of a group on one topic: what it has committed against the ends of the log. */
export function groupRow(
  broker: string,
  name: string,
  group: GroupState,
  { topics, endsReadAt }: ClusterState,
  { ends, counters, rebalances: countedRebalances }: Past,
): QueueReading {
  const read = onTopic(name, group, topics.get(name));
  const { topic, partitions, counted, logProblem, lacking } = read;
  const row = bareRow({ broker, destination: name, group: group.name });
  const backlog = lacking ? null : sum(counted, ({ backlog: waiting }) => waiting);
  const { produced, begun } = logProblem
    ? { produced: null, begun: [] }
    : counters.count(row.id, lacking ? partitions : counted, topic?.id ?? null);
  const age = ageOf(name, counted, ends, endsReadAt);
  const present = membersOn(group, name);
  const rebalances = countedRebalances.of(group);
  // One by one: to spread one row of thirty figures into another takes longer than to make it.
  row.backlog = row.waiting = backlog;
  row.produced = produced;
  row.lost = lacking ? null : sum(counted, ({ committed, start }) => Math.max(0, (start ?? 0) - (committed ?? 0)));
  row.ageSeconds = lacking ? null : age.seconds;
  row.consumed = produced === null || backlog === null ? null : produced - backlog;
  row.rebalances = rebalances.value;
  row.retained = logProblem ? null : retained(partitions);
  row.consumers = present.consumers;
  row.brokerState = group.state;
  row.queueType = group.type;
  // Any number of members of a share group read the same partition: it bounds and skews nothing.
  row.partitions = topic && !topic.problem && group.type !== 'share' ? partitions : null;
  row.members = present.members;
  row.missing = whyNull(read, age, present.problem, rebalances);
  row.approximate = howFarOff(read, age, begun, present.approximate, rebalances);
  return row;
}

function whyNull({ lacking, logProblem }: GroupOnTopic, age: Age, noMembers: string | null, rebalances: Told): Missing {
  const noAge = lacking ?? age.missing;
  return {
    ...(noAge && { ageSeconds: noAge }),
    arrivalRate: logProblem ? unknown(logProblem) : twoSweeps,
    departureRate: lacking ?? twoSweeps,
    ...(lacking && { backlog: lacking, waiting: lacking, lost: lacking, consumed: lacking }),
    ...(logProblem && { produced: unknown(logProblem), retained: unknown(logProblem) }),
    ...(noMembers && { consumers: unknown(noMembers) }),
    ...(rebalances.value === null && { rebalances: rebalances.missing }),
  };
}

/** @param begun partitions that the group has just begun on */
function howFarOff(
  { lacking, partitions, counted }: GroupOnTopic,
  age: Age,
  begun: readonly number[],
  allMembers: string | null,
  rebalances: Told,
): Approximate {
  return {
    ...(!lacking && bounds(partitions, counted)),
    ...(!lacking && age.approximate && { ageSeconds: age.approximate }),
    ...(!lacking && begun.length > 0 && { departureRate: beginning(begun) }),
    ...(allMembers && { consumers: allMembers }),
    ...(rebalances.value !== null && rebalances.approximate && { rebalances: rebalances.approximate }),
  };
}

const beginning = (partitions: readonly number[]) =>
  `the group has just begun on partition ${partitions.join(', ')}: what waited there is taken off`;

function bounds(partitions: readonly PartitionRow[], counted: readonly PartitionRow[]): Approximate {
  const notes: string[] = [];
  const left = partitions.length - counted.length;
  if (left > 0) notes.push(`${left} of ${partitions.length} partitions left out: no offset committed there yet`);
  const ahead = counted.filter(({ committed, end }) => (committed ?? 0) > (end ?? 0));
  if (ahead.length > 0) {
    const numbers = ahead.map(({ partition }) => partition).join(', ');
    notes.push(`committed beyond the log end on partition ${numbers}: was the topic deleted and made again?`);
  }
  const note = notes.join('; ');
  return note === '' ? {} : { lost: note, produced: note, consumed: note, backlog: note, waiting: note };
}
