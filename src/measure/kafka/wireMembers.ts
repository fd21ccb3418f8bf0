import { Reader } from './bytes';
import { apiKeys, type Call } from './wire';

/** A member as the coordinator of its group describes it. */
export interface GroupMember {
  id: string;
  client: string;
  host: string;
  /** Topic names; null where the broker does not tell (a classic group between two rebalances, a subscription by pattern). */
  subscribed: string[] | null;
  assigned: { topic: string; partitions: number[] }[];
}

/** A group with its members. `error` is a code of the Kafka protocol, 0 for none. */
export interface DescribedGroup {
  group: string;
  error: number;
  state: string;
  /** Null for a classic group, of which no request tells the generation. */
  epoch: number | null;
  members: GroupMember[];
}

/** DescribeGroups v1 (Kafka 0.11), for groups of the classic protocol. Groups of the newer one read as Dead here. */
export function describeGroups(groups: readonly string[]): Call<DescribedGroup[]> {
  return {
    name: 'DescribeGroups',
    apiKey: apiKeys.describeGroups,
    version: 1,
    encode: (out) => {
      out.array(groups, (group) => out.string(group));
    },
    decode: (answer) => {
      answer.int32();
      return answer.array(() => {
        const error = answer.int16();
        const group = answer.string();
        const state = answer.string();
        const protocolType = answer.string();
        answer.string();
        const isConsumer = protocolType === 'consumer';
        const members = answer.array(() => {
          const id = answer.string();
          const client = answer.string();
          const host = answer.string();
          const subscription = answer.bytes();
          const assignment = answer.bytes();
          return {
            id,
            client,
            host,
            subscribed: isConsumer ? subscribedTopics(subscription) : null,
            assigned: isConsumer ? assignedPartitions(assignment) : [],
          };
        });
        return { group, error, state, epoch: null, members };
      });
    },
  };
}

/** ConsumerProtocolSubscription: version, topics, … Members write it, so rubbish is not an error of the sweep. */
function subscribedTopics(bytes: Buffer): string[] | null {
  return readOr(null, bytes, (reader) => {
    reader.int16();
    return reader.array(() => reader.string());
  });
}

/** ConsumerProtocolAssignment: version, topics with partitions, … */
function assignedPartitions(bytes: Buffer): GroupMember['assigned'] {
  return readOr([], bytes, (reader) => {
    reader.int16();
    return reader.array(() => ({ topic: reader.string(), partitions: reader.array(() => reader.int32()) }));
  });
}

function readOr<T>(otherwise: T, bytes: Buffer, read: (reader: Reader) => T): T {
  try {
    return bytes.length === 0 ? otherwise : read(new Reader(bytes));
  } catch {
    return otherwise;
  }
}

export const consumerGroupDescribeVersions = [0, 1] as const;

/** ConsumerGroupDescribe v0 (Kafka 3.7), v1 (4.0), for groups of KIP-848. */
export const consumerGroupDescribe = (groups: readonly string[], version: number): Call<DescribedGroup[]> => ({
  name: 'ConsumerGroupDescribe',
  apiKey: apiKeys.consumerGroupDescribe,
  version,
  ...groupsDescribed(groups, (answer) => member(answer, version)),
});

/** What the newer protocols' calls have in common: all but how a member is laid out. */
export function groupsDescribed(
  groups: readonly string[],
  memberIn: (answer: Reader) => GroupMember,
): Pick<Call<DescribedGroup[]>, 'encode' | 'decode'> {
  return {
    encode: (out) => {
      const withOperations = false;
      out.untagged().compactArray(groups, (group) => out.compactString(group));
      out.boolean(withOperations).untagged();
    },
    decode: (answer) => {
      answer.tagged(null);
      answer.int32();
      return answer.compactArray(() => {
        const error = answer.int16();
        answer.compactString();
        const [group, state] = [answer.compactString(), answer.compactString()];
        const epoch = answer.int32();
        answer.int32();
        answer.compactString();
        const members = answer.compactArray(() => memberIn(answer));
        answer.int32();
        return answer.tagged({ group, error, state, epoch, members });
      });
    },
  };
}

function member(answer: Reader, version: number): GroupMember {
  const id = answer.compactString();
  answer.compactString();
  answer.compactString();
  answer.int32();
  const [client, host] = [answer.compactString(), answer.compactString()];
  const names = answer.compactArray(() => answer.compactString());
  const pattern = answer.compactString();
  const [assigned] = [assignment(answer), assignment(answer)];
  if (version >= 1) answer.int8();
  return answer.tagged({ id, client, host, subscribed: pattern === '' ? names : null, assigned });
}

/** Partitions by topic, as all newer protocols lay them out. */
export function assignment(answer: Reader): GroupMember['assigned'] {
  const topics = answer.compactArray(() => {
    const topicId = 16;
    answer.skip(topicId);
    return answer.tagged({
      topic: answer.compactString(),
      partitions: answer.compactArray(() => answer.int32()),
    });
  });
  return answer.tagged(topics);
}
