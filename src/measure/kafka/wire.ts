import type { Reader, Writer } from './bytes';

/** Highest and lowest version of each request a broker offers, by api key. */
export type Versions = Record<number, { minVersion: number; maxVersion: number } | undefined>;

/** One request that only reads, and how its answer is laid out. A row's error code stays in the row: no decoder throws for it. */
export interface Call<T> {
  name: string;
  apiKey: number;
  version: number;
  encode(out: Writer): void;
  decode(answer: Reader): T;
}

export const apiKeys = {
  listOffsets: 2,
  metadata: 3,
  offsetFetch: 9,
  describeGroups: 15,
  listGroups: 16,
  describeConfigs: 32,
  consumerGroupDescribe: 69,
  shareGroupDescribe: 77,
} as const;

/** The best of our versions that the broker offers, or null. Another version would make it close the connection. */
export function choose(versions: Versions, apiKey: number, ours: readonly number[]): number | null {
  const offered = versions[apiKey];
  if (!offered) return null;
  const usable = ours.filter((version) => version >= offered.minVersion && version <= offered.maxVersion);
  return usable.length > 0 ? Math.max(...usable) : null;
}

export type Edge = 'start' | 'end';

/** Is told the offset of one partition. `place`: in the list of its topic; `error`: a code of the Kafka protocol, 0 for none. */
export type TakeOffset = (topic: string, place: number, partition: number, error: number, offset: number) => void;

const timestampBytes = 8;

/** ListOffsets v2 (Kafka 0.11), READ_UNCOMMITTED: with READ_COMMITTED an open transaction would hide what waits behind it. */
export function listOffsets(
  topics: readonly (readonly [string, readonly { partition: number }[]])[],
  edge: Edge,
  take: TakeOffset,
): Call<void> {
  const timestamp = edge === 'start' ? -2 : -1;
  return {
    name: 'ListOffsets',
    apiKey: apiKeys.listOffsets,
    version: 2,
    encode: (out) => {
      const [noReplica, readUncommitted] = [-1, 0];
      out.int32(noReplica).int8(readUncommitted);
      out.array(topics, ([topic, partitions]) => {
        out.string(topic).array(partitions, ({ partition }) => out.int32(partition).int64(timestamp));
      });
    },
    // Ten thousand partitions are not to be ten thousand objects first, nor two lists each: what runs once is not optimized.
    decode: (answer) => {
      answer.int32();
      answer.each(() => {
        const topic = answer.string();
        answer.each((place) => {
          const partition = answer.int32();
          const error = answer.int16();
          answer.skip(timestampBytes);
          take(topic, place, partition, error, answer.int64());
        });
      });
    },
  };
}

/** A group as a broker lists it. */
export interface ListedGroup {
  group: string;
  protocolType: string;
  /** Null before version 4. */
  state: string | null;
  /** classic, consumer (KIP-848), share, streams; null before version 5. */
  type: string | null;
}
export const listGroupsVersions = [2, 4, 5] as const;

/** ListGroups v2 (Kafka 2.0), v4 (2.6, states), v5 (3.8, types): the groups this broker coordinates. */
export function listGroups(version: number): Call<{ error: number; groups: ListedGroup[] }> {
  return {
    name: 'ListGroups',
    apiKey: apiKeys.listGroups,
    version,
    encode: (out) => {
      if (version < 4) return;
      out.untagged().compactArray([], () => undefined);
      if (version >= 5) out.compactArray([], () => undefined);
      out.untagged();
    },
    decode: (answer) => {
      if (version < 4) {
        answer.int32();
        const error = answer.int16();
        const group = () => ({ group: answer.string(), protocolType: answer.string(), state: null, type: null });
        return { error, groups: answer.array(group) };
      }
      answer.tagged(null);
      answer.int32();
      return {
        error: answer.int16(),
        groups: answer.compactArray(() =>
          answer.tagged({
            group: answer.compactString(),
            protocolType: answer.compactString(),
            state: answer.compactString(),
            type: version >= 5 ? answer.compactString() : null,
          }),
        ),
      };
    },
  };
}

/** Committed offsets of a group, −1 where there is none. `error` is a code of the Kafka protocol, 0 for none. */
export interface GroupCommits {
  group: string;
  error: number;
  topics: { topic: string; partitions: { partition: number; offset: number; error: number }[] }[];
}
export const offsetFetchVersions = [3, 8] as const;

/** OffsetFetch v8 (Kafka 3.0): many groups, all their topics. v3 (0.11) takes the first group only. */
export function offsetFetch(groups: readonly string[], version: number): Call<GroupCommits[]> {
  return {
    name: 'OffsetFetch',
    apiKey: apiKeys.offsetFetch,
    version,
    encode: (out) => {
      if (version < 8) {
        out.string(groups[0] ?? '').array(null, () => undefined);
        return;
      }
      out.untagged();
      out.compactArray(groups, (group) =>
        out
          .compactString(group)
          .compactArray(null, () => undefined)
          .untagged(),
      );
      const requireStable = false;
      out.boolean(requireStable).untagged();
    },
    decode: (answer) => (version < 8 ? [oneGroupsCommits(answer, groups[0] ?? '')] : groupsCommits(answer)),
  };
}

function groupsCommits(answer: Reader): GroupCommits[] {
  answer.tagged(null);
  answer.int32();
  return answer.compactArray(() => {
    const group = answer.compactString();
    const topics = answer.compactArray(() =>
      answer.tagged({
        topic: answer.compactString(),
        partitions: answer.compactArray(() => {
          const partition = answer.int32();
          const offset = answer.int64();
          answer.int32();
          answer.compactString();
          return answer.tagged({ partition, offset, error: answer.int16() });
        }),
      }),
    );
    return answer.tagged({ group, topics, error: answer.int16() });
  });
}

function oneGroupsCommits(answer: Reader, group: string): GroupCommits {
  answer.int32();
  const topics = answer.array(() => ({
    topic: answer.string(),
    partitions: answer.array(() => {
      const partition = answer.int32();
      const offset = answer.int64();
      answer.string();
      return { partition, offset, error: answer.int16() };
    }),
  }));
  return { group, topics, error: answer.int16() };
}
