import type { Reader } from './bytes';
import { apiKeys, type Call } from './wire';

/** A node of the cluster, as it advertises itself. */
export interface BrokerAddress {
  id: number;
  host: string;
  port: number;
}

/** A topic and the nodes that lead its partitions. `error` is a code of the Kafka protocol, 0 for none. */
export interface TopicMetadata {
  error: number;
  name: string;
  /** Another one for a topic made again under the same name; null before version 10. */
  id: string | null;
  internal: boolean;
  partitions: { error: number; partition: number; leader: number }[];
}

/** The nodes and topics of a cluster. */
export interface Metadata {
  brokers: BrokerAddress[];
  topics: TopicMetadata[];
}
export const metadataVersions = [5, 10] as const;

/** Metadata v5 (Kafka 1.0), v10 (2.8, topic ids). No topics given: all the user may describe. Never creates a topic. */
export function metadata(topics: readonly string[] | null, version: number): Call<Metadata> {
  const createTopics = false;
  return {
    name: 'Metadata',
    apiKey: apiKeys.metadata,
    version,
    encode: (out) => {
      if (version < 10) {
        out.array(topics, (topic) => out.string(topic)).boolean(createTopics);
        return;
      }
      const withOperations = false;
      out.untagged().compactArray(topics, (topic) => out.noUuid().compactString(topic).untagged());
      out.boolean(createTopics).boolean(withOperations).boolean(withOperations).untagged();
    },
    decode: version < 10 ? plainMetadata : flexibleMetadata,
  };
}

function plainMetadata(answer: Reader): Metadata {
  answer.int32();
  const brokers = answer.array(() => {
    const broker = { id: answer.int32(), host: answer.string(), port: answer.int32() };
    answer.string();
    return broker;
  });
  answer.string();
  answer.int32();
  const skipNodes = () => answer.skip(4 * Math.max(0, answer.int32()));
  const topics = answer.array(() => ({
    error: answer.int16(),
    name: answer.string(),
    id: null,
    internal: answer.int8() === 1,
    partitions: answer.array(() => {
      const row = { error: answer.int16(), partition: answer.int32(), leader: answer.int32() };
      skipNodes();
      skipNodes();
      skipNodes();
      return row;
    }),
  }));
  return { brokers, topics };
}

function flexibleMetadata(answer: Reader): Metadata {
  answer.tagged(null);
  answer.int32();
  const brokers = answer.compactArray(() => {
    const broker = { id: answer.int32(), host: answer.compactString(), port: answer.int32() };
    answer.compactString();
    return answer.tagged(broker);
  });
  answer.compactString();
  answer.int32();
  const skipNodes = () => answer.skip(4 * Math.max(0, answer.unsignedVarint() - 1));
  const topics = answer.compactArray(() => {
    const topic = {
      error: answer.int16(),
      name: answer.compactString(),
      id: answer.uuid(),
      internal: answer.int8() === 1,
      partitions: answer.compactArray(() => {
        const row = { error: answer.int16(), partition: answer.int32(), leader: answer.int32() };
        answer.int32();
        skipNodes();
        skipNodes();
        skipNodes();
        return answer.tagged(row);
      }),
    };
    answer.int32();
    return answer.tagged(topic);
  });
  return { brokers, topics };
}
