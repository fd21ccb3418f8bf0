/** What one sweep read, before it becomes rows. Problems are sentences for `missing`; null where all went well. */
export interface ClusterState {
  /** By name. */
  topics: ReadonlyMap<string, TopicState>;
  /** Names of topics that are there and get no rows: internal ones, and those that a filter leaves out. */
  leftOut: ReadonlySet<string>;
  groups: readonly GroupState[];
  /** When the log ends were read, milliseconds since the epoch. */
  endsReadAt: number;
  /** Why some groups or their commits could not be read, so that nobody can say that nobody reads a topic. */
  unseenGroups: string | null;
}

/** A topic as it was read; `problem` says in words what could not be. */
export interface TopicState {
  /** Another one for a topic made again under the same name; null before Kafka 2.8. */
  id: string | null;
  problem: string | null;
  /** Ascending by partition. */
  partitions: PartitionState[];
}

/** A partition and the offsets of its log. */
export interface PartitionState {
  partition: number;
  /** Offset of the oldest record kept; null when it could not be read. */
  start: number | null;
  /** Offset that the next record gets. */
  end: number | null;
  problem: string | null;
}

/** A consumer group as it was read. */
export interface GroupState {
  name: string;
  /** The broker's word: Stable, Empty …; null before Kafka 2.6 for groups not described. */
  state: string | null;
  /** The broker's word: classic, consumer (KIP-848), share, streams; null before Kafka 3.8. */
  type: string | null;
  /** Grows with each rebalance; only groups of type consumer or share that have members tell it. */
  epoch: number | null;
  problem: string | null;
  /** Committed offset by topic and partition; a partition without a commit has no entry. */
  committed: Map<string, Map<number, number>>;
  /** Topics of whose partitions some commits could not be read. */
  commitProblems: Map<string, string>;
  /** Null when they could not be read; `membersProblem` says why. */
  members: MemberState[] | null;
  membersProblem: string | null;
}

/** A member of a group, and what it reads. */
export interface MemberState {
  id: string;
  client: string;
  host: string;
  /** Null where the broker does not tell. */
  subscribed: string[] | null;
  assigned: { topic: string; partitions: number[] }[];
}
