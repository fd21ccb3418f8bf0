import { Kafka, logLevel, type Consumer, type Producer } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What one worker has done so far, sampled over time: the truth a report is held against. */
interface Tally {
  /** [milliseconds since the epoch, messages so far] */
  seen: [at: number, total: number][];
  total: number;
}

export interface KafkaPipeline {
  topics: { orders: string; validated: string; results: string };
  /** Messages per second that this worker did between two moments, by its own count. */
  rateOf(worker: 'producer' | 'validator' | 'payment' | 'sender', from: number, to: number): number;
  stop(): Promise<void>;
}

/**
 * Three stages on a real Kafka, each its own consumer group: validator (fast), payment (slow), sender (fast), fed by a
 * producer at a steady rate.
 */
export async function startKafkaPipeline(
  bootstrap: string,
  perSecond: number,
  slowMs: number,
  tag: string,
): Promise<KafkaPipeline> {
  const kafka = new Kafka({ brokers: [bootstrap], clientId: `pipeline-${tag}`, logLevel: logLevel.NOTHING });
  const topics = { orders: `${tag}-orders`, validated: `${tag}-validated`, results: `${tag}-results` };
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: false,
    topics: Object.values(topics).map((topic) => ({ topic, numPartitions: 4 })),
  });
  const tallies: Record<string, Tally> = {};
  const tally = (name: string) => (tallies[name] = { seen: [[Date.now(), 0]], total: 0 });
  const did = (mine: Tally, n: number) => {
    mine.total += n;
    mine.seen.push([Date.now(), mine.total]);
  };
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const consumers = await Promise.all([
    worker(kafka, `${tag}-validator`, topics.orders, 0, forward(producer, topics.validated), tally('validator'), did),
    worker(kafka, `${tag}-payment`, topics.validated, slowMs, forward(producer, topics.results), tally('payment'), did),
    worker(kafka, `${tag}-sender`, topics.results, 0, null, tally('sender'), did),
  ]);
  const over = new AbortController();
  const mine = tally('producer');
  const began = Date.now();
  const producing = (async () => {
    while (!over.signal.aborted) {
      const due = Math.floor(((Date.now() - began) / 1000) * perSecond) - mine.total;
      if (due > 0) {
        const from = mine.total;
        await producer.send({
          topic: topics.orders,
          messages: Array.from({ length: due }, (_, i) => ({ key: String(from + i), value: 'x' })),
        });
        did(mine, due);
      }
      await sleep(100);
    }
  })();
  return {
    topics,
    rateOf: (name, from, to) => {
      const { seen } = tallies[name] ?? { seen: [] };
      return (totalAt(seen, to) - totalAt(seen, from)) / ((to - from) / 1000);
    },
    stop: async () => {
      over.abort();
      await producing;
      await Promise.all(consumers.map((consumer) => consumer.disconnect()));
      await producer.disconnect();
      await admin.disconnect();
    },
  };
}

type Forward = ((n: number) => Promise<unknown>) | null;
const forward =
  (producer: Producer, topic: string): Forward =>
  (n) =>
    producer.send({ topic, messages: Array.from({ length: n }, (_, i) => ({ key: String(i), value: 'x' })) });

async function worker(
  kafka: Kafka,
  group: string,
  topic: string,
  eachMs: number,
  pass: Forward,
  mine: Tally,
  did: (mine: Tally, n: number) => void,
): Promise<Consumer> {
  const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.run({
    eachBatchAutoResolve: false,
    eachBatch: async (payload) => {
      const { messages } = payload.batch;
      // A slow worker does one message at a time; a fast one passes a batch on whole.
      const step = eachMs > 0 ? 1 : messages.length;
      for (let i = 0; i < messages.length && payload.isRunning() && !payload.isStale(); i += step) {
        const part = messages.slice(i, i + step);
        if (eachMs > 0) await sleep(eachMs);
        await pass?.(part.length);
        payload.resolveOffset(part.at(-1)?.offset ?? '0');
        did(mine, part.length);
        await payload.commitOffsetsIfNecessary();
        await payload.heartbeat();
      }
    },
    autoCommitInterval: 1000,
  });
  await joined;
  return consumer;
}

/** A worker's total at a moment, between two of its own counts. */
function totalAt(seen: [number, number][], at: number): number {
  let before: [number, number] | undefined;
  for (const point of seen) {
    if (point[0] > at)
      return before ? before[1] + ((point[1] - before[1]) * (at - before[0])) / (point[0] - before[0]) : point[1];
    before = point;
  }
  return before?.[1] ?? 0;
}
