import type { Calls } from './calls';
import { chunks, each } from './chunks';
import { reasonOf } from './errorCodes';
import type { Node } from './node';
import type { GroupState } from './state';
import {
  apiKeys,
  choose,
  listGroups,
  listGroupsVersions,
  offsetFetch,
  offsetFetchVersions,
  type GroupCommits,
  type ListedGroup,
} from './wire';
import { readMembers } from './readMembers';

/** With forty groups of twenty partitions an answer the longest pause of the event loop stays well below 30 ms. */
const groupsPerRequest = 40;
const requestsInFlight = 4;

/** Which of these groups are to be read. */
export type ChooseGroups = (names: readonly string[]) => ReadonlySet<string>;

/** The list of the groups that one broker coordinates; null: it offers none that we speak. */
export type GroupList = { error: number; groups: ListedGroup[] } | null;

/** @throws as `Calls.ask` */
export async function groupListOf(calls: Calls, node: Node): Promise<GroupList> {
  const version = choose(node.versions, apiKeys.listGroups, listGroupsVersions);
  return version === null ? null : calls.ask(node, listGroups(version));
}

/**
 * The groups that one broker coordinates, with members first and commits after, as both are wanted close to the log ends.
 * @param asked their list, where it was asked for already
 */
export async function readGroups(
  calls: Calls,
  node: Node,
  chosenOf: ChooseGroups,
  asked = groupListOf(calls, node),
): Promise<{ groups: GroupState[]; problem: string | null }> {
  const listed = await asked;
  if (listed === null) return { groups: [], problem: reasonOf(35) };
  const chosen = chosenOf(listed.groups.map(({ group }) => group));
  const readable = listed.groups.filter((group) => readsTopics(group) && chosen.has(group.group));
  const groups = new Map(readable.map((group) => [group.group, emptyGroup(group)]));
  await readMembers(calls, node, readable, groups);
  const committing = [...groups].filter(([, { type }]) => type !== 'share');
  await readCommits(calls, node, new Map(committing));
  return { groups: [...groups.values()], problem: reasonOf(listed.error) };
}

/** Groups that some tool made by committing for them have no protocol; Connect's workers and schema registries read no topic. */
const readsTopics = ({ protocolType, type }: ListedGroup) =>
  protocolType === '' || protocolType === 'consumer' || type === 'streams' || type === 'share';

export const emptyGroup = ({ group, state, type }: Pick<ListedGroup, 'group' | 'state' | 'type'>): GroupState => ({
  name: group,
  state,
  type,
  epoch: null,
  // What 4.1 tells of one (DescribeShareGroupOffsets) lags behind what it has finished, and stays behind when nothing arrives.
  problem: type === 'share' ? 'a share group commits no offsets to measure by' : null,
  committed: new Map(),
  commitProblems: new Map(),
  members: [],
  membersProblem: null,
});

/** Fills in what the groups have committed, or each group's own reason why that cannot be told. */
export async function readCommits(calls: Calls, node: Node, groups: ReadonlyMap<string, GroupState>): Promise<void> {
  const version = choose(node.versions, apiKeys.offsetFetch, offsetFetchVersions);
  if (version === null) {
    for (const group of groups.values()) group.problem = reasonOf(35);
    return;
  }
  const requests = chunks([...groups.keys()], version < 8 ? 1 : groupsPerRequest);
  await each(requests, requestsInFlight, async (names) => {
    for (const commits of await calls.ask(node, offsetFetch(names, version))) {
      const group = groups.get(commits.group);
      if (group) takeCommits(group, commits);
    }
  });
}

function takeCommits(group: GroupState, { error, topics }: GroupCommits): void {
  group.problem = reasonOf(error);
  for (const { topic, partitions } of topics) {
    const offsets = new Map<number, number>();
    for (const { partition, offset, error: code } of partitions) {
      const problem = reasonOf(code);
      if (problem) group.commitProblems.set(topic, problem);
      else if (offset >= 0) offsets.set(partition, offset);
    }
    group.committed.set(topic, offsets);
  }
}
