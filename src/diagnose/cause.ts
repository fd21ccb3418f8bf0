import { count, duration, percent, plural, rate } from '../model/format';
import type { Cause } from '../model/report';
import type { Trouble } from './bottleneck';
import { nothingFinished, type QueueFacts } from './facts';
import type { StageFigures } from './stages';
import { ratePerWorker, workersOf } from './workers';

/** From this many partitions on one can be hot, and a hot one holds more than this share of the growth. */
const hotFromPartitions = 4;
const hotShare = 0.5;

/** The partition that holds more than half of the growth. */
export interface HotPartition {
  partition: number;
  /** 0…1, of the growth of all partitions that grew. */
  share: number;
  /** Messages per second into it; null when its end was not read. */
  arrivalRate: number | null;
  /** Messages per second out of it; null when its commit was not read. */
  departureRate: number | null;
  /** Its committed offset did not move while messages arrived. */
  stuck: boolean;
}

/** Why, likeliest first; never empty. */
export function findCauses(trouble: Trouble, figures: StageFigures | null): [Cause, ...Cause[]] {
  if (trouble.broker !== null) return [brokerCause(trouble, trouble.broker)];
  const facts = trouble.queue?.facts;
  if (!facts) return [unknownCause];
  const causes = [
    noConsumer(facts),
    stuckConsumer(facts),
    stuckPartition(facts),
    hotPartition(facts),
    partitionLimited(facts),
    tooFew(trouble, facts, figures),
  ].filter((cause) => cause !== null);
  const [first = unknownCause, ...others] = causes;
  return [first, ...others];
}

/** The hot partition of a queue, or null: fewer than four partitions, or the growth is spread. */
export function findHotPartition({ series, windowSeconds }: QueueFacts): HotPartition | null {
  const before = new Map(series.first.partitions?.map((partition) => [partition.partition, partition]));
  const now = series.latest.partitions ?? [];
  if (now.length < hotFromPartitions || windowSeconds === 0) return null;
  const growths = now.map((partition) => {
    const earlier = before.get(partition.partition);
    const growth = difference(partition.backlog, earlier?.backlog);
    return { partition, earlier, growth: Math.max(0, growth ?? 0) };
  });
  const sum = growths.reduce((total, { growth }) => total + growth, 0);
  const hottest = growths.reduce((a, b) => (b.growth > a.growth ? b : a));
  if (sum === 0 || hottest.growth <= hotShare * sum) return null;
  const arrived = difference(hottest.partition.end, hottest.earlier?.end);
  const finished = difference(hottest.partition.committed, hottest.earlier?.committed);
  return {
    partition: hottest.partition.partition,
    share: hottest.growth / sum,
    arrivalRate: arrived === null ? null : arrived / windowSeconds,
    departureRate: finished === null ? null : finished / windowSeconds,
    stuck: (arrived ?? 0) > 0 && finished === 0,
  };
}

const difference = (a: number | null, b: number | null | undefined) => (a === null || b == null ? null : a - b);

const unknownCause: Cause = {
  kind: 'unknown',
  confidence: 0.2,
  evidence: ['Neither consumers nor rates of the queue are known.'],
};

function noConsumer(facts: QueueFacts): Cause | null {
  if (facts.consumers !== 0 || (facts.rates.departure ?? 0) > 0) return null;
  const word = facts.latest.brokerState;
  const evidence = [`0 consumers${word === null ? '' : `; the broker calls it ${word}`}.`, ...flow(facts)];
  return { kind: 'no-consumer', confidence: 0.95, evidence };
}

function stuckConsumer(facts: QueueFacts): Cause | null {
  if (facts.consumers === 0 || !nothingFinished(facts)) return null;
  const there = facts.consumers === null ? '' : ` by ${plural(facts.consumers, 'connected consumer')}`;
  const evidence = [`0 messages were finished in ${duration(facts.windowSeconds)}${there}.`, ...flow(facts)];
  return { kind: 'stuck-consumer', confidence: Math.min(0.95, facts.windowSeconds / 60), evidence };
}

/** Only one partition stands still: its reader hangs, which other keys would not mend. */
function stuckPartition(facts: QueueFacts): Cause | null {
  const hot = findHotPartition(facts);
  if (!hot?.stuck || nothingFinished(facts)) return null;
  const reader = facts.latest.partitions?.find(({ partition }) => partition === hot.partition)?.consumer;
  const evidence = [
    `Partition ${hot.partition} committed nothing in ${duration(facts.windowSeconds)} while ${rate(hot.arrivalRate ?? 0)} arrived in it; the others moved.`,
    ...(reader ? [`It is read by ${reader}.`] : []),
  ];
  return { kind: 'stuck-consumer', confidence: Math.min(0.9, facts.windowSeconds / 60), evidence };
}

function hotPartition(facts: QueueFacts): Cause | null {
  const hot = findHotPartition(facts);
  if (!hot || nothingFinished(facts)) return null;
  const partitions = facts.latest.partitions?.length ?? 0;
  const evidence = [
    `Partition ${hot.partition} holds ${percent(hot.share)} of the growth of ${partitions} partitions; an even share is ${percent(1 / partitions)}.`,
    ...(hot.arrivalRate === null ? [] : [`${rate(hot.arrivalRate)} arrive in it, and one consumer reads it.`]),
  ];
  return { kind: 'hot-partition', confidence: Math.min(0.95, 0.4 + hot.share / 2), evidence };
}

function partitionLimited(facts: QueueFacts): Cause | null {
  const partitions = facts.latest.partitions?.length ?? 0;
  if (partitions === 0 || facts.consumers === null || facts.consumers < partitions || nothingFinished(facts))
    return null;
  const evidence = [
    `${plural(facts.consumers, 'consumer')} for ${plural(partitions, 'partition')}: one more would have nothing to read.`,
    ...flow(facts),
  ];
  return { kind: 'partition-limited', confidence: 0.9, evidence };
}

function tooFew(trouble: Trouble, facts: QueueFacts, figures: StageFigures | null): Cause | null {
  if (nothingFinished(facts) || facts.consumers === 0) return null;
  const { inputRate, processingRate } = trouble;
  const workers = workersOf(trouble, figures);
  const pace = ratePerWorker(trouble, figures);
  const each =
    workers && pace ? [`${plural(workers, 'instance')} finish ${rate(pace)} each while work always waits.`] : [];
  const known = inputRate !== null && processingRate !== null;
  const evidence = [
    known
      ? `${rate(inputRate)} arrive, ${rate(processingRate)} are finished.`
      : `The backlog grows by ${rate(facts.growthRate ?? 0)}.`,
    ...each,
  ];
  return { kind: 'too-few-consumers', confidence: each.length > 0 ? 0.8 : 0.5, evidence };
}

function brokerCause({ chain, queue }: Trouble, broker: string): Cause {
  const held = chain.map(({ name }) => name).join(', ');
  const full =
    queue?.facts.capacity != null
      ? ` (${queue.report.destination} at its limit of ${count(queue.facts.capacity)})`
      : '';
  return { kind: 'broker-flow-control', confidence: 0.9, evidence: [`${broker} keeps ${held} waiting${full}.`] };
}

const flow = ({ rates, latest }: QueueFacts) => [
  ...(rates.arrival === null ? [] : [`${rate(rates.arrival)} arrive.`]),
  ...(latest.backlog === null ? [] : [`${count(latest.backlog)} wait.`]),
];
