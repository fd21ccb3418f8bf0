import type { Calls } from './calls';
import { chunks, each } from './chunks';
import { reasonOf } from './errorCodes';
import type { Node } from './node';
import type { GroupState } from './state';
import { apiKeys, choose, type Call, type ListedGroup } from './wire';
import {
  consumerGroupDescribe,
  consumerGroupDescribeVersions,
  describeGroups,
  type DescribedGroup,
} from './wireMembers';
import { shareGroupDescribe, shareGroupDescribeVersions } from './wireShare';

const groupsPerRequest = 40;
const requestsInFlight = 4;

/** Fills in members and state of the groups that have any, each by the request that knows its protocol. */
export async function readMembers(
  calls: Calls,
  node: Node,
  listed: readonly ListedGroup[],
  groups: ReadonlyMap<string, GroupState>,
): Promise<void> {
  const peopled = listed.filter(({ state }) => state !== 'Empty' && state !== 'Dead');
  const ofType = (type: string) => peopled.filter((group) => (group.type ?? 'classic') === type);
  const version = choose(node.versions, apiKeys.consumerGroupDescribe, consumerGroupDescribeVersions);
  const ask = (type: string, call: (names: string[]) => Call<DescribedGroup[]>) =>
    each(chunks(ofType(type), groupsPerRequest), requestsInFlight, async (some) => {
      const described = await calls.ask(node, call(some.map(({ group }) => group)));
      for (const group of described) takeMembers(groups.get(group.group), group);
    });
  await ask('classic', describeGroups);
  if (version !== null) await ask('consumer', (names) => consumerGroupDescribe(names, version));
  else for (const { group } of ofType('consumer')) withoutMembers(groups.get(group), reasonOf(35));
  if (choose(node.versions, apiKeys.shareGroupDescribe, shareGroupDescribeVersions) !== null)
    await ask('share', shareGroupDescribe);
  else for (const { group } of ofType('share')) withoutMembers(groups.get(group), reasonOf(35));
  for (const { group } of ofType('streams'))
    withoutMembers(groups.get(group), 'the members of streams groups are not read');
}

function takeMembers(group: GroupState | undefined, { error, state, epoch, members }: DescribedGroup): void {
  if (!group) return;
  if (error !== 0) {
    withoutMembers(group, reasonOf(error));
    return;
  }
  group.members = members;
  group.epoch = epoch;
  group.state ??= state;
}

function withoutMembers(group: GroupState | undefined, problem: string | null): void {
  if (!group) return;
  group.members = null;
  group.membersProblem = problem;
}
