import { turn } from '../slices';
import { Brokers, type AwayNode } from './brokers';
import type { Calls } from './calls';
import type { Cluster } from './cluster';
import type { Node } from './node';
import { groupProblems, readAllGroups } from './readAllGroups';
import { groupListOf } from './readGroups';
import type { ReadOptions } from './readOptions';
import { lanesTo, markUnread, partitionsOf, readEdge, topicsOf } from './readTopics';
import type { ClusterState } from './state';
import { apiKeys, choose, type Edge } from './wire';
import { metadata, metadataVersions, type TopicMetadata } from './wireMetadata';

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

/**
 * Reads the whole cluster once. Commits come before log ends, so that a group that keeps up is never seen ahead of its
 * topic. What one broker cannot tell becomes the problem of the rows concerned. A broker takes so long for cleanup policies
 * that they are still under way: `policies` ends when `known.cleanup` has them or they failed, and never rejects.
 * @throws {NoEntranceError} when no address answers
 */
export async function readCluster(
  cluster: Cluster,
  calls: Calls,
  options: ReadOptions,
): Promise<{ state: ClusterState; away: AwayNode[]; policies: Promise<void> }> {
  const { wanted, now } = options;
  const { answer, entered } = await enter(
    cluster,
    calls,
    wanted && [...new Set(wanted.map(({ destination }) => destination))],
  );
  const brokers = new Brokers(cluster.learn(answer.brokers));
  const readable = readableTopics(answer.topics, options);
  const { topics, byLeader } = topicsOf(answer.topics.filter(({ name }) => readable.has(name)));
  await turn();
  const starts = readEdges(calls, brokers, byLeader, 'start');
  const read = await readAllGroups(calls, brokers, options, entered);
  const endsReadAt = now();
  await Promise.all([starts, readEdges(calls, brokers, byLeader, 'end')]);
  const policies = readPolicies(calls, brokers, [...readable], options);
  for (const [leader, share] of byLeader) {
    if (!brokers.answers(leader)) markUnread(share, `its leader, broker ${leader}, did not answer`);
  }
  const [unseenGroups = null] = groupProblems(read, answer.topics, brokers, options);
  const leftOut = new Set(answer.topics.filter(({ name }) => !readable.has(name)).map(({ name }) => name));
  return {
    state: { topics, leftOut, groups: [...read.groups.values()], endsReadAt, unseenGroups },
    away: [...brokers.away.values()],
    policies,
  };
}

/** Only a refinement: where it fails, the calls beside it tell why. */
const readPolicies = async (calls: Calls, { some }: Brokers, topics: readonly string[], { known, now }: ReadOptions) =>
  some &&
  known.cleanup
    .refresh(calls, some.beside.connected ? [some.beside, some] : [some], topics, now())
    .catch(() => undefined);

const readEdges = (calls: Calls, brokers: Brokers, byLeader: ReturnType<typeof topicsOf>['byLeader'], edge: Edge) =>
  brokers.each(async (node, id) => {
    await calls.connect(node);
    const share = byLeader.get(id);
    if (!share) return;
    const lanes = await lanesTo(calls, node, partitionsOf(share));
    // Groups, which log ends wait for, are not to wait behind log starts.
    await readEdge(calls, edge === 'start' ? [lanes[0]] : lanes, share, edge);
  });

function readableTopics(topics: readonly TopicMetadata[], { wanted, filters }: ReadOptions): ReadonlySet<string> {
  const ordinary = topics.filter(({ internal }) => !internal).map(({ name }) => name);
  return wanted || !filters.topics ? new Set(ordinary) : filters.topics.choose(ordinary);
}

async function enter(cluster: Cluster, calls: Calls, topics: readonly string[] | null) {
  const refusals: Refusal[] = [];
  for (const node of cluster.entrances()) {
    try {
      await calls.connect(node);
      const version = choose(node.versions, apiKeys.metadata, metadataVersions);
      if (version === null) throw new UnsupportedBrokerError('it does not offer Metadata version 5');
      const asked = calls.ask(node, metadata(topics, version));
      // The broker makes this list while the topics are understood.
      const groups = groupListOf(calls, node);
      groups.catch(() => undefined);
      const answer = await asked;
      await turn();
      return { answer, entered: { node, groups } };
    } catch (error) {
      refusals.push({ node, error });
    }
  }
  throw new NoEntranceError(refusals);
}
