import type { Brokers } from './brokers';
import type { Calls } from './calls';
import { reasonOf } from './errorCodes';
import type { Node } from './node';
import { emptyGroup, readCommits, readGroups, type ChooseGroups, type GroupList } from './readGroups';
import type { ReadOptions } from './readOptions';
import type { GroupState } from './state';
import type { TopicMetadata } from './wireMetadata';

/** The groups of all brokers. */
export interface ReadGroups {
  groups: Map<string, GroupState>;
  /** By broker: why its list is not whole; null where it is. */
  answered: Map<number, string | null>;
}

/**
 * Reads the groups of every broker, and what those have committed that are asked for by name.
 * @param entered the broker that was asked first, and its list of groups, which may still be under way
 */
export async function readAllGroups(
  calls: Calls,
  brokers: Brokers,
  { wanted, filters, known }: ReadOptions,
  entered: { node: Node; groups: Promise<GroupList> },
): Promise<ReadGroups> {
  const names = wanted && new Set(wanted.flatMap(({ group }) => (group == null ? [] : [group])));
  const chooseGroups: ChooseGroups = (listed) =>
    names ?? (filters.groups ? filters.groups.choose(listed) : new Set(listed));
  const groups = new Map<string, GroupState>();
  const answered = new Map<number, string | null>();
  await brokers.each(async (node, id) => {
    await calls.connect(node);
    const listed = await readGroups(calls, node, chooseGroups, entered.node === node ? entered.groups : undefined);
    answered.set(id, listed.problem);
    for (const group of listed.groups) {
      known.groups.learn(id, group);
      groups.set(group.name, group);
    }
  });
  for (const group of known.groups.missing(new Set(groups.keys()), answered)) groups.set(group.name, group);
  if (names) await readUnlisted(calls, brokers, names, groups);
  return { groups, answered };
}

/** Why some groups or their commits may be unseen, in sentences. */
export function groupProblems(
  { groups, answered }: ReadGroups,
  topics: readonly TopicMetadata[],
  { away }: Brokers,
  { wanted, filters }: ReadOptions,
): string[] {
  const problems = [...answered.values()].filter((problem) => problem !== null);
  for (const id of away.keys()) problems.push(`broker ${id}, which keeps some of the groups, did not answer`);
  if (topics.some(keepsGroupsNowhere)) problems.push('some groups have no coordinator: the brokers are down');
  for (const { name, problem, type } of groups.values()) {
    if (problem && type !== 'share') problems.push(`group ${name}: ${problem}`);
  }
  if (!wanted && filters.groups) problems.push('only the groups that fit groups=… are read: others may read it');
  return problems;
}

/** Kafka keeps its groups in the partitions of an internal topic; a group's coordinator is the leader of its partition. */
const keepsGroupsNowhere = ({ name, partitions }: TopicMetadata) =>
  name === '__consumer_offsets' && partitions.some(({ leader }) => leader < 0);

/**
 * Groups asked for by name that no broker lists: they do not exist yet, or may not be described. Any broker tells the
 * second, because it checks permission before whether the group is its own.
 */
async function readUnlisted(
  calls: Calls,
  brokers: Brokers,
  wanted: ReadonlySet<string>,
  groups: Map<string, GroupState>,
): Promise<void> {
  const unlisted = new Map(
    [...wanted]
      .filter((group) => !groups.has(group))
      .map((group) => [group, emptyGroup({ group, state: null, type: null })] as const),
  );
  const node = brokers.some;
  if (unlisted.size === 0 || !node) return;
  await readCommits(calls, node, unlisted).catch(() => undefined);
  const [gone] = brokers.away.keys();
  for (const [name, group] of unlisted) {
    const denied = group.problem === reasonOf(30);
    if (!denied)
      group.problem = gone === undefined ? null : `broker ${gone}, which may keep this group, did not answer`;
    groups.set(name, group);
  }
}
