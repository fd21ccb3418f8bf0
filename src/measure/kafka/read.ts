import type { QueueName } from '../../model/identity';
import { turn } from '../slices';
import type { Calls } from './calls';
import type { CleanupPolicies } from './cleanup';
import type { Cluster } from './cluster';
import { reasonOf } from './errorCodes';
import type { KnownGroups } from './knownGroups';
import type { NameFilter } from './nameFilter';
import type { Node } from './node';
import { emptyGroup, readCommits, readGroups, type ChooseGroups } from './readGroups';
import { lanesTo, markUnread, readEdge, topicsOf } from './readTopics';
import type { ClusterState, GroupState } from './state';
import { apiKeys, choose, type Edge } from './wire';
import { metadata, metadataVersions, type TopicMetadata } from './wireMetadata';

/** A broker that could not be asked, or no longer. */
export interface AwayNode {
  id: number;
  node: Node;
  error: unknown;
}

/** A broker that could not be entered, and why. */
export interface Refusal {
  node: Node;
  error: unknown;
}

/** None of the addresses led into the cluster. */
export class NoEntranceError extends Error {
  override name = 'NoEntranceError';
  constructor(readonly refusals: readonly Refusal[]) {
    super('no broker let us in');
  }
}

/** A broker too old, or too new, for the oldest request we speak. */
export class UnsupportedBrokerError extends Error {
  override name = 'UnsupportedBrokerError';
}

/** What of a cluster is read, and what is known of it. */
export interface ReadOptions {
  wanted: readonly QueueName[] | null;
  /** What is chosen where nothing is wanted by name. */
  filters: { topics: NameFilter | null; groups: NameFilter | null };
  /** From past sweeps; brought up to date. */
  known: { groups: KnownGroups; cleanup: CleanupPolicies };
  /** Milliseconds since the epoch, by the sampler's clock. */
  now: () => number;
}

/**
 * Reads the whole cluster once. Commits come before log ends, so that a group that keeps up is never seen ahead of its
 * topic. What one broker cannot tell becomes the problem of the rows concerned.
 * @throws {NoEntranceError} when no address answers
 */
export async function readCluster(
  cluster: Cluster,
  calls: Calls,
  { wanted, filters, known, now }: ReadOptions,
): Promise<{ state: ClusterState; away: AwayNode[] }> {
  const topicNames = wanted && [...new Set(wanted.map(({ destination }) => destination))];
  const groupNames = wanted && new Set(wanted.flatMap(({ group }) => (group == null ? [] : [group])));
  const { answer, entrance } = await enter(cluster, calls, topicNames);
  const nodes = cluster.learn(answer.brokers);
  const away = new Map<number, AwayNode>();
  const onEach = (act: (node: Node, id: number) => Promise<void>) =>
    Promise.all(
      [...nodes].map(async ([id, node]) => {
        if (away.has(id)) return;
        await act(node, id).catch((error: unknown) => away.set(id, { id, node, error }));
      }),
    );
  const ordinary = answer.topics.filter(({ internal }) => !internal).map(({ name }) => name);
  const readable = wanted || !filters.topics ? new Set(ordinary) : filters.topics.choose(ordinary);
  const chooseGroups: ChooseGroups = (names) =>
    groupNames ?? (filters.groups ? filters.groups.choose(names) : new Set(names));
  // Only a refinement: where it fails, the calls that follow tell why.
  const refreshed = known.cleanup.refresh(calls, entrance, [...readable], now()).catch(() => undefined);
  const { topics, byLeader } = topicsOf(answer.topics.filter(({ name }) => readable.has(name)));
  await turn();
  const readEdgeAt = async (edge: Edge, node: Node, id: number) => {
    const share = byLeader.get(id);
    await readEdge(calls, await lanesTo(calls, node, share), share, edge);
  };
  const groups = new Map<string, GroupState>();
  const answered = new Map<number, string | null>();
  await onEach(async (node, id) => {
    await calls.connect(node);
    const takeGroups = async () => {
      const listed = await readGroups(calls, node, chooseGroups);
      answered.set(id, listed.problem);
      for (const group of listed.groups) {
        known.groups.learn(id, group);
        groups.set(group.name, group);
      }
    };
    // Both at once: each alone would leave the broker idle while its answers are read.
    await Promise.all([takeGroups(), readEdgeAt('start', node, id)]);
  });
  await refreshed;
  for (const [name, topic] of topics) topic.isCompacted = known.cleanup.isCompacted(name);
  for (const group of known.groups.missing(new Set(groups.keys()), answered)) groups.set(group.name, group);
  if (groupNames) await readUnlisted(calls, nodes, away, groupNames, groups);
  const endsReadAt = now();
  await onEach((node, id) => readEdgeAt('end', node, id));
  for (const [leader, share] of byLeader) {
    const lost = away.get(leader);
    if (lost || !nodes.has(leader)) markUnread(share, `its leader, broker ${leader}, did not answer`);
  }
  const problems = [...answered.values()].filter((problem) => problem !== null);
  for (const { id } of away.values()) problems.push(`broker ${id}, which keeps some of the groups, did not answer`);
  if (answer.topics.some(keepsGroupsNowhere)) problems.push('some groups have no coordinator: the brokers are down');
  for (const { name, problem, type } of groups.values()) {
    if (problem && type !== 'share') problems.push(`group ${name}: ${problem}`);
  }
  if (!wanted && filters.groups) problems.push('only the groups that fit groups=… are read: others may read it');
  const leftOut = new Set(answer.topics.filter(({ name }) => !readable.has(name)).map(({ name }) => name));
  return {
    state: { topics, leftOut, groups: [...groups.values()], endsReadAt, unseenGroups: problems[0] ?? null },
    away: [...away.values()],
  };
}

/** Kafka keeps its groups in the partitions of an internal topic; a group's coordinator is the leader of its partition. */
const keepsGroupsNowhere = ({ name, partitions }: TopicMetadata) =>
  name === '__consumer_offsets' && partitions.some(({ leader }) => leader < 0);

async function enter(cluster: Cluster, calls: Calls, topics: readonly string[] | null) {
  const refusals: Refusal[] = [];
  for (const node of cluster.entrances()) {
    try {
      await calls.connect(node);
      const version = choose(node.versions, apiKeys.metadata, metadataVersions);
      if (version === null) throw new UnsupportedBrokerError('it does not offer Metadata version 5');
      const answer = await calls.ask(node, metadata(topics, version));
      await turn();
      return { answer, entrance: node };
    } catch (error) {
      refusals.push({ node, error });
    }
  }
  throw new NoEntranceError(refusals);
}

/**
 * Groups asked for by name that no broker lists: they do not exist yet, or may not be described. Any broker tells the
 * second, because it checks permission before whether the group is its own.
 */
async function readUnlisted(
  calls: Calls,
  nodes: ReadonlyMap<number, Node>,
  away: ReadonlyMap<number, AwayNode>,
  wanted: ReadonlySet<string>,
  groups: Map<string, GroupState>,
): Promise<void> {
  const unlisted = new Map(
    [...wanted]
      .filter((group) => !groups.has(group))
      .map((group) => [group, emptyGroup({ group, state: null, type: null })] as const),
  );
  const [, node] = [...nodes].find(([id]) => !away.has(id)) ?? [];
  if (unlisted.size === 0 || !node) return;
  await readCommits(calls, node, unlisted).catch(() => undefined);
  const [gone] = away.keys();
  for (const [name, group] of unlisted) {
    const denied = group.problem === reasonOf(30);
    if (!denied)
      group.problem = gone === undefined ? null : `broker ${gone}, which may keep this group, did not answer`;
    groups.set(name, group);
  }
}
