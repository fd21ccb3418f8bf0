import { apiKeys, type Call } from './wire';

/** Settings of a topic. `error` is a code of the Kafka protocol, 0 for none. */
export interface TopicConfig {
  error: number;
  topic: string;
  /** By name; only those asked for. */
  values: Map<string, string>;
}

/** DescribeConfigs v1 (Kafka 1.1): some settings of some topics. Any broker tells those of all. */
export function describeTopicConfigs(topics: readonly string[], settings: readonly string[]): Call<TopicConfig[]> {
  return {
    name: 'DescribeConfigs',
    apiKey: apiKeys.describeConfigs,
    version: 1,
    encode: (out) => {
      const [topicResource, withSynonyms] = [2, false];
      out.array(topics, (topic) => {
        out.int8(topicResource).string(topic);
        out.array(settings, (name) => out.string(name));
      });
      out.boolean(withSynonyms);
    },
    decode: (answer) => {
      answer.int32();
      return answer.array(() => {
        const error = answer.int16();
        answer.string();
        answer.int8();
        const topic = answer.string();
        const values = answer.array((): [string, string] => {
          const setting: [string, string] = [answer.string(), answer.string()];
          const [isReadOnly, source, isSensitive] = [1, 1, 1];
          answer.skip(isReadOnly + source + isSensitive);
          answer.array(() => {
            answer.string();
            answer.string();
            answer.int8();
          });
          return setting;
        });
        return { error, topic, values: new Map(values) };
      });
    },
  };
}
