import { duration, percent, plural, rate } from '../../model/format';
import type { Cause } from '../../model/report';
import { nothingFinished, type QueueFacts } from '../facts';
import { flow, type Situation } from './situation';

/** From this many partitions on one can be hot, and a hot one holds more than this share of the growth. */
const hotFromPartitions = 4;
const hotShare = 0.5;

/** The partition that holds more than half of the growth. */
export interface HotPartition {
  partition: number;
  /** Messages that wait in it. */
  backlog: number;
  /** 0…1, of the growth of all partitions that grew. */
  share: number;
  /** Messages per second into it; null when its end was not read. */
  arrivalRate: number | null;
  /** Messages per second out of it; null when its commit was not read. */
  departureRate: number | null;
  /** Its committed offset did not move while messages arrived. */
  stuck: boolean;
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
    backlog: hottest.partition.backlog ?? 0,
    share: hottest.growth / sum,
    arrivalRate: arrived === null ? null : arrived / windowSeconds,
    departureRate: finished === null ? null : finished / windowSeconds,
    stuck: (arrived ?? 0) > 0 && finished === 0,
  };
}

const difference = (a: number | null, b: number | null | undefined) => (a === null || b == null ? null : a - b);

/** Only one partition stands still: its reader hangs, which other keys would not mend. */
export function stuckPartition({ facts }: Situation): Cause | null {
  const hot = findHotPartition(facts);
  if (!hot?.stuck || nothingFinished(facts)) return null;
  const reader = facts.latest.partitions?.find(({ partition }) => partition === hot.partition)?.consumer;
  const evidence = [
    `Partition ${hot.partition} committed nothing in ${duration(facts.windowSeconds)} while ${rate(hot.arrivalRate ?? 0)} arrived in it; the others moved.`,
    ...(reader ? [`It is read by ${reader}.`] : []),
  ];
  return { kind: 'stuck-consumer', confidence: Math.min(0.9, facts.windowSeconds / 60), evidence };
}

/** One partition holds more than half of the growth. */
export function hotPartition({ facts }: Situation): Cause | null {
  const hot = findHotPartition(facts);
  if (!hot || nothingFinished(facts)) return null;
  const partitions = facts.latest.partitions?.length ?? 0;
  const evidence = [
    `Partition ${hot.partition} holds ${percent(hot.share)} of the growth of ${partitions} partitions; an even share is ${percent(1 / partitions)}.`,
    ...(hot.arrivalRate === null ? [] : [`${rate(hot.arrivalRate)} arrive in it, and one consumer reads it.`]),
  ];
  return { kind: 'hot-partition', confidence: Math.min(0.95, 0.4 + hot.share / 2), evidence };
}

/** Every partition has its reader. */
export function partitionLimited({ facts }: Situation): Cause | null {
  const partitions = facts.latest.partitions?.length ?? 0;
  if (partitions === 0 || facts.consumers === null || facts.consumers < partitions || nothingFinished(facts))
    return null;
  const evidence = [
    `${plural(facts.consumers, 'consumer')} for ${plural(partitions, 'partition')}: one more would have nothing to read.`,
    ...flow(facts),
  ];
  return { kind: 'partition-limited', confidence: 0.9, evidence };
}
