import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { Sweep } from '../../src/model/sweep';
import { startKafka, type KafkaServer } from '../harness/kafka';
import { kafkaCommand } from '../harness/kafkaJars';
import { projectRoot, run } from '../harness/tools';
import { fillBroker, rightLines, rightRows, size } from './kafkaFilled.mjs';
import { kafkaWithOneStopped } from './kafkaStopped.mjs';
import { median, type Measured } from './measured';

const what = `Kafka, ${size.topics} topics × ${size.partitions} partitions, ${size.groups} groups`;
const rows = size.topics * size.partitions;
const roomy = { maxBuffer: 256 * 1024 * 1024 };

/** A program that tells the same, as a whole process. */
interface Peer {
  name: string;
  /** How many times faster ours has to be. */
  ratio: number;
  /** Runs beside ours in turn; fewer for one that takes long, more where the ratio lies close to what is asked. */
  rounds: number;
  /** @returns lines GROUP TOPIC PARTITION COMMITTED END LAG */
  run: () => Promise<string>;
}

/**
 * Cold sweeps of 10,000 partitions and 500 groups with members against other programs, each as a whole process, in turn; then
 * what a sweep costs; then a cluster of which one broker hangs. Needs `npm run build`. @throws when a build, Java or Maven
 * is missing
 */
export async function benchKafka(): Promise<Measured[]> {
  const cli = path.join(projectRoot, 'dist/cli.js');
  const bundle = path.join(projectRoot, 'dist/brokers/kafka.js');
  if (!existsSync(cli) || !existsSync(bundle)) throw new Error('run npm run build first');
  const kafka = await startKafka({ heap: '1g', properties: { 'log.index.size.max.bytes': '65536' } });
  try {
    const url = `kafka://${kafka.bootstrap}`;
    await fillBroker(kafka.bootstrap);
    const ours = async () =>
      (await run('node', [cli, 'queues', '--broker', url, '--format', 'json', '--timeout', '30s'], roomy)).stdout;
    const right = rightRows(JSON.parse(await ours()) as Sweep);
    const against: Measured[] = [];
    for (const peer of peersOf(kafka)) against.push(...(await race(ours, right, peer)));
    const config = JSON.stringify(parseBrokerUrl(url));
    const probe = await run('node', [path.join(import.meta.dirname, 'sweepProbe.mjs'), bundle, config, '5'], roomy);
    return [...against, ...costs(JSON.parse(probe.stdout) as Probe), ...(await kafkaWithOneStopped())];
  } finally {
    await kafka.stop();
  }
}

function peersOf({ jars, bootstrap }: KafkaServer): Peer[] {
  const script = (name: string) => async () =>
    (await run('node', [path.join(import.meta.dirname, name), bootstrap], roomy)).stdout;
  const describeGroups = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
  const flags = ['--bootstrap-server', bootstrap, '--timeout', '120000', '--describe', '--all-groups'];
  return [
    {
      name: 'kafka-consumer-groups --describe --all-groups',
      ratio: 8,
      rounds: 5,
      run: () => kafkaCommand(jars ?? '', describeGroups, flags),
    },
    { name: 'kafkajs’ own admin', ratio: 20, rounds: 3, run: script('kafkaByKafkajs.mjs') },
    { name: '@platformatic/kafka', ratio: 2, rounds: 15, run: script('kafkaByPlatformatic.mjs') },
  ];
}

async function race(ours: () => Promise<unknown>, right: number, peer: Peer): Promise<Measured[]> {
  const [our, theirs]: [number[], number[]] = [[], []];
  let lines = '';
  for (let round = 0; round < peer.rounds; round++) {
    our.push(await secondsOf(ours));
    theirs.push(
      await secondsOf(async () => {
        lines = await peer.run();
      }),
    );
  }
  const ratio = median(theirs) / median(our);
  return [
    {
      what: `${what}: whole process, cold, s (peer: ${peer.name})`,
      ...{ ours: median(our), peer: median(theirs), ratio },
      ...{ budget: `ratio ≥ ${peer.ratio}`, holds: ratio >= peer.ratio },
    },
    {
      what: `${what}: partitions right of ${rows} (peer: ${peer.name})`,
      ...{ ours: right, peer: rightLines(lines), ratio: null, budget: `= ${rows}`, holds: right === rows },
    },
  ];
}

async function secondsOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
}

interface Probe {
  costs: { seconds: number; requests: number; bytes: number; blockMs: number }[];
  wakeups: number;
  peakMegabytes: number;
}

function costs({ costs: sweeps, wakeups, peakMegabytes }: Probe): Measured[] {
  const most = (cost: (of: Probe['costs'][number]) => number, of = sweeps) => Math.max(...of.map(cost));
  const atMost = (name: string, value: number, budget: number): Measured => ({
    what: `${what}: ${name}`,
    ...{ ours: value, peer: null, ratio: null, budget: `goal ≤ ${budget}`, holds: value <= budget },
  });
  const longest = 'longest pause of the event loop';
  return [
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
    atMost(`${longest}, first sweep, ms`, sweeps[0]?.blockMs ?? NaN, 30),
    atMost(
      `${longest}, later sweeps, ms`,
      most(({ blockMs }) => blockMs, sweeps.slice(1)),
      30,
    ),
    atMost('timers set in an idle second', wakeups, 10),
    atMost('peak memory of a process after five sweeps, MB', peakMegabytes, 130),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchKafka());
