import type { Calls } from './calls';
import { chunks, eachOver } from './chunks';
import { noLeader, reasonOf } from './errorCodes';
import type { Node } from './node';
import type { PartitionState, TopicState } from './state';
import { apiKeys, choose, listOffsets, type Edge, type TakeOffset } from './wire';
import type { TopicMetadata } from './wireMetadata';

/** 800 partitions an answer keep the longest pause of the event loop below 30 ms; with 2,500 the first sweep took 50. */
const partitionsPerRequest = 800;
const requestsInFlight = 4;

/** Connections to one broker. */
export type Lanes = readonly [Node, ...Node[]];
/** The partitions to ask one broker for, by topic. */
type Share = Map<string, PartitionState[]>;

/** These topics, their offsets still to be read, and which broker leads which partitions. */
export function topicsOf(metadata: readonly TopicMetadata[]): {
  topics: Map<string, TopicState>;
  byLeader: Map<number, Share>;
} {
  const topics = new Map<string, TopicState>();
  const byLeader = new Map<number, Share>();
  for (const { name, id, error, partitions } of metadata) {
    const states: PartitionState[] = [];
    for (const { partition, leader } of partitions) {
      const state: PartitionState = { partition, start: null, end: null, problem: leader < 0 ? noLeader : null };
      states.push(state);
      if (leader < 0) continue;
      const share: Share = byLeader.get(leader) ?? new Map<string, PartitionState[]>();
      byLeader.set(leader, share);
      const led = share.get(name);
      if (led) led.push(state);
      else share.set(name, [state]);
    }
    states.sort((a, b) => a.partition - b.partition);
    topics.set(name, { id, problem: reasonOf(error), partitions: states });
  }
  return { topics, byLeader };
}

/** What a broker tells of more partitions than this takes long enough to be asked for over two connections. */
const partitionsPerConnection = 2000;

/** How many partitions a share holds. */
export function partitionsOf(share: Share): number {
  let partitions = 0;
  for (const states of share.values()) partitions += states.length;
  return partitions;
}

/** The connections to ask a broker over for so many partitions: a second one, named first, where they are many and it is let in. */
export async function lanesTo(calls: Calls, node: Node, partitions: number): Promise<Lanes> {
  if (partitions <= partitionsPerConnection) return [node];
  return calls.connect(node.beside).then(
    () => [node.beside, node],
    () => [node],
  );
}

/** Reads one edge of the logs that a broker leads into their states; each partition keeps its own problem. */
export async function readEdge(calls: Calls, lanes: Lanes, share: Share, edge: Edge): Promise<void> {
  if (choose(lanes[0].versions, apiKeys.listOffsets, [2]) === null) {
    markUnread(share, reasonOf(35) ?? '');
    return;
  }
  const requests = chunks([...share], partitionsPerRequest, ([, states]) => states.length);
  const take: TakeOffset = (topic, place, partition, error, offset) => {
    const states = share.get(topic) ?? [];
    // They are answered in the order in which they were asked for, though nothing says that they have to be.
    const state =
      states[place]?.partition === partition ? states[place] : states.find((each) => each.partition === partition);
    if (!state) return;
    if (error === 0) state[edge] = offset;
    else state.problem = reasonOf(error);
  };
  await eachOver(lanes, requests, requestsInFlight, (node, some) => calls.ask(node, listOffsets(some, edge, take)));
}

/** For the partitions of a broker that did not answer. */
export function markUnread(share: Share | undefined, problem: string): void {
  for (const states of share?.values() ?? []) {
    for (const state of states) if (state.start === null || state.end === null) state.problem ??= problem;
  }
}
