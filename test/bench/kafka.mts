import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { open } from '../../src/measure/kafka/index';
import type { Sweep } from '../../src/model/sweep';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { startKafka } from '../harness/kafka';
import { kafkaCommand } from '../harness/kafkaJars';
import { KafkaFill } from '../harness/kafkaFill';
import { until } from '../harness/process';
import { projectRoot, run } from '../harness/tools';
import { median, type Measured } from './measured';

const topics = 1000;
const partitions = 10;
const groups = 500;
const topicsPerGroup = topics / groups;
const rounds = 5;
const describeGroups = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';

const topicName = (i: number) => `bench-topic-${String(i).padStart(4, '0')}`;
const groupName = (i: number) => `bench-group-${String(i).padStart(3, '0')}`;
/** The truth, known before anything is read: records made and the offset committed, by topic and partition. */
const made = (topic: number, partition: number) => 1 + ((topic * 7 + partition * 3) % 5);
const committed = (topic: number, partition: number) => (topic + partition) % (made(topic, partition) + 1);
const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

/**
 * A sweep of 10,000 partitions and 500 groups against Kafka's own command, each as a whole process from cold, in turn.
 * Needs `npm run build`. @throws when a build, Java or Maven is missing
 */
export async function benchKafka(): Promise<Measured[]> {
  const cli = path.join(projectRoot, 'dist/cli.js');
  const bundle = path.join(projectRoot, 'dist/brokers/kafka.js');
  if (!existsSync(cli) || !existsSync(bundle)) throw new Error('run npm run build first');
  const kafka = await startKafka({ heap: '1g', properties: { 'log.index.size.max.bytes': '65536' } });
  try {
    const url = `kafka://${kafka.bootstrap}`;
    const ours = () => run('node', [cli, 'queues', '--broker', url, '--format', 'json', '--timeout', '30s'], roomy);
    const peer = () =>
      kafkaCommand(kafka.jars ?? '', describeGroups, [
        ...['--bootstrap-server', kafka.bootstrap, '--timeout', '120000'],
        ...['--describe', '--all-groups'],
      ]);
    await fillBroker(kafka.bootstrap);
    const [ourSeconds, peerSeconds]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      ourSeconds.push(await secondsOf(ours));
      peerSeconds.push(await secondsOf(peer));
    }
    const config = JSON.stringify(parseBrokerUrl(url));
    const probe = await run('node', [path.join(import.meta.dirname, 'sweepProbe.mjs'), bundle, config, '5'], roomy);
    return measured(
      median(ourSeconds),
      median(peerSeconds),
      rightRows(JSON.parse((await ours()).stdout) as Sweep),
      rightLines(await peer()),
      JSON.parse(probe.stdout) as Probe,
    );
  } finally {
    await kafka.stop();
  }
}

const roomy = { maxBuffer: 256 * 1024 * 1024 };

interface Probe {
  costs: { seconds: number; requests: number; bytes: number; blockMs: number }[];
  wakeups: number;
  peakMegabytes: number;
}

function measured(ours: number, peer: number, right: number, peerRight: number, probe: Probe): Measured[] {
  const what = `Kafka, ${topics} topics × ${partitions} partitions, ${groups} groups`;
  const rows = topics * partitions;
  const most = (cost: (of: Probe['costs'][number]) => number) => Math.max(...probe.costs.map(cost));
  const atMost = (name: string, value: number, budget: number): Measured => ({
    what: `${what}: ${name}`,
    ours: value,
    peer: null,
    ratio: null,
    budget: `goal ≤ ${budget}`,
    holds: value <= budget,
  });
  return [
    {
      what: `${what}: whole process, cold, s (peer: kafka-consumer-groups --describe --all-groups)`,
      ours,
      peer,
      ratio: peer / ours,
      budget: 'ratio ≥ 8',
      holds: peer / ours >= 8,
    },
    {
      what: `${what}: partitions right of ${rows}`,
      ours: right,
      peer: peerRight,
      ratio: null,
      budget: `= ${rows}`,
      holds: right === rows,
    },
    atMost(
      'a sweep, s',
      most(({ seconds }) => seconds),
      1,
    ),
    atMost(
      'requests a sweep',
      most(({ requests }) => requests),
      120,
    ),
    atMost(
      'MB received a sweep',
      most(({ bytes }) => bytes / 1e6),
      1.2,
    ),
    atMost('longest pause of the event loop, first sweep, ms', probe.costs[0]?.blockMs ?? NaN, 30),
    atMost(
      'longest pause of the event loop, later sweeps, ms',
      Math.max(...probe.costs.slice(1).map(({ blockMs }) => blockMs)),
      30,
    ),
    atMost('timers set in an idle second', probe.wakeups, 10),
    atMost('peak memory of a process after five sweeps, MB', probe.peakMegabytes, 130),
  ];
}

/** Topics a request: the controller takes no more than some 10,000 records at once. */
const perBatch = 50;

async function fillBroker(bootstrap: string): Promise<void> {
  const source = open(parseBrokerUrl(`kafka://${bootstrap}`), { wanted: null, log: () => undefined });
  const request = { at: 0, signal: new AbortController().signal, callTimeoutMs: 30_000 };
  const fill = new KafkaFill(bootstrap);
  await fill.connect();
  try {
    for (let from = 0; from < topics; from += perBatch) {
      await fill.admin.createTopics({
        waitForLeaders: false,
        topics: numbers(perBatch).map((i) => ({ topic: topicName(from + i), numPartitions: partitions })),
      });
    }
    // Partitions answer long after they were made.
    await until(
      'every partition answers',
      async () => {
        const { queues } = await source.sweep(request);
        return queues.length === topics && queues.every(({ retained }) => retained === 0);
      },
      180_000,
    );
    for (let from = 0; from < topics; from += perBatch) {
      await fill.producer.sendBatch({
        topicMessages: numbers(perBatch).map((i) => ({
          topic: topicName(from + i),
          messages: numbers(partitions).flatMap((partition) =>
            numbers(made(from + i, partition)).map(() => ({ partition, value: 'x' })),
          ),
        })),
      });
    }
    for (const group of numbers(groups)) {
      const read = numbers(topicsPerGroup).map((i) => group * topicsPerGroup + i);
      await fill.commit(
        groupName(group),
        Object.fromEntries(
          read.map((topic) => [topicName(topic), numbers(partitions).map((partition) => committed(topic, partition))]),
        ),
      );
    }
  } finally {
    await Promise.all([fill.disconnect(), source.close()]);
  }
}

async function secondsOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
}

/** Partitions whose log end, commit and backlog are what was made and committed. */
function rightRows({ queues }: Sweep): number {
  const expected = truth();
  return queues.reduce(
    (right, { group, destination, partitions: rows }) =>
      right +
      (rows ?? []).filter(
        ({ partition, end, committed: offset, backlog }) =>
          expected.get(`${group} ${destination} ${partition}`) === `${offset} ${end} ${backlog}`,
      ).length,
    0,
  );
}

/** The same of the command's table: GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG … */
function rightLines(table: string): number {
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
    numbers(topics).flatMap((topic) =>
      numbers(partitions).map((partition): [string, string] => {
        const [end, offset] = [made(topic, partition), committed(topic, partition)];
        const group = groupName(Math.floor(topic / topicsPerGroup));
        return [`${group} ${topicName(topic)} ${partition}`, `${offset} ${end} ${end - offset}`];
      }),
    ),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchKafka());
