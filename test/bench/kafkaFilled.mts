import { open } from '../../src/measure/kafka/index';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { Sweep } from '../../src/model/sweep';
import { KafkaFill } from '../harness/kafkaFill';
import { until } from '../harness/process';

export const size = { topics: 1000, partitions: 10, groups: 500 };
const topicsPerGroup = size.topics / size.groups;
/** Topics a request: the controller takes no more than some 10,000 records at once. */
const perBatch = 50;

const topicName = (i: number) => `topic-${String(i).padStart(4, '0')}`;
const groupName = (i: number) => `group-${String(i).padStart(3, '0')}`;
/** The truth, known before anything is read: records made and the offset committed, by topic and partition. */
const made = (topic: number, partition: number) => 1 + ((topic * 7 + partition * 3) % 5);
const committed = (topic: number, partition: number) => (topic + partition) % (made(topic, partition) + 1);
const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Fills an empty broker: topics, records, and groups with commits and one member each, made by raw requests. */
export async function fillBroker(bootstrap: string): Promise<void> {
  const source = open(parseBrokerUrl(`kafka://${bootstrap}`), { wanted: null, log: () => undefined });
  const request = { at: 0, signal: new AbortController().signal, callTimeoutMs: 30_000 };
  const fill = new KafkaFill(bootstrap);
  await fill.connect();
  try {
    for (let from = 0; from < size.topics; from += perBatch) {
      await fill.admin.createTopics({
        waitForLeaders: false,
        topics: numbers(perBatch).map((i) => ({ topic: topicName(from + i), numPartitions: size.partitions })),
      });
    }
    // Partitions answer long after they were made.
    await until(
      'every partition answers',
      async () => {
        const { queues } = await source.sweep(request);
        return queues.length === size.topics && queues.every(({ retained }) => retained === 0);
      },
      180_000,
    );
    for (let from = 0; from < size.topics; from += perBatch) {
      await fill.producer.sendBatch({
        topicMessages: numbers(perBatch).map((i) => ({
          topic: topicName(from + i),
          messages: numbers(size.partitions).flatMap((partition) =>
            numbers(made(from + i, partition)).map(() => ({ partition, value: 'x' })),
          ),
        })),
      });
    }
    for (const group of numbers(size.groups)) {
      const read = numbers(topicsPerGroup).map((i) => group * topicsPerGroup + i);
      const offsets = (topic: number) => numbers(size.partitions).map((partition) => committed(topic, partition));
      await fill.commit(groupName(group), Object.fromEntries(read.map((i) => [topicName(i), offsets(i)])));
      await fill.join(groupName(group), Object.fromEntries(read.map((i) => [topicName(i), numbers(size.partitions)])));
    }
  } finally {
    await Promise.all([fill.disconnect(), source.close()]);
  }
}

/** Partitions whose log end, commit, backlog and reader are what was made, committed and assigned. */
export function rightRows({ queues }: Sweep): number {
  const expected = truth();
  return queues.reduce(
    (right, { group, destination, partitions, members }) =>
      right +
      (partitions ?? []).filter(
        ({ partition, end, committed: offset, backlog, consumer }) =>
          expected.get(`${group} ${destination} ${partition}`) === `${offset} ${end} ${backlog}` &&
          consumer !== null &&
          consumer === members?.[0]?.id,
      ).length,
    0,
  );
}

/** The same of a peer's lines: GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG … */
export function rightLines(table: string): number {
  const expected = truth();
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([group, topic, partition, ...offsets]) => {
      const [offset, end, lag] = offsets;
      return expected.get(`${group} ${topic} ${partition}`) === `${offset} ${end} ${lag}`;
    }).length;
}

function truth(): Map<string, string> {
  return new Map(
    numbers(size.topics).flatMap((topic) =>
      numbers(size.partitions).map((partition): [string, string] => {
        const [end, offset] = [made(topic, partition), committed(topic, partition)];
        const group = groupName(Math.floor(topic / topicsPerGroup));
        return [`${group} ${topicName(topic)} ${partition}`, `${offset} ${end} ${end - offset}`];
      }),
    ),
  );
}
