import { none, type Missing } from '../../model/figure';
import type { StepReading } from '../../model/sweep';
import type { Sample } from './page';

/** CONTRACTS.md, steps: any prefix; a duration is in milliseconds unless the name says seconds. */
const stepMetric =
  /^(?:\w*_)?(send|receive)_backpressure_(?:(total)|duration(?:_(seconds|milliseconds|ms))?_(bucket|sum|count))$/;

/** The same as PromQL: every series of every step. */
export const stepQuery = `{__name__=~"(.+_)?(send|receive)_backpressure_(total|duration(_(seconds|milliseconds|ms))?_(bucket|sum|count))"}`;

export const isStepMetric = (name: string): boolean => stepMetric.test(name);

interface Direction {
  count: number | null;
  seconds: number | null;
  buckets: [le: number, count: number][] | null;
}
const nothing = (): Direction => ({ count: null, seconds: null, buckets: null });

/**
 * The steps among samples, by name. Workers that report the same step have a row each, in the order of their labels, so
 * that sweep after sweep the same worker stands at the same place.
 */
export function stepReadings(samples: readonly Sample[]): StepReading[] {
  const found = new Map<string, { labels: Record<string, string>; send: Direction; receive: Direction }>();
  for (const { name, labels, value } of samples) {
    const [, way, total, unit, part] = stepMetric.exec(name) ?? [];
    if ((way !== 'send' && way !== 'receive') || labels.step === undefined || !Number.isFinite(value)) continue;
    const key = workerKey(labels);
    const row = found.get(key) ?? { labels, send: nothing(), receive: nothing() };
    found.set(key, row);
    const toSeconds = unit === 'seconds' ? 1 : 0.001;
    const direction = row[way];
    if (total !== undefined) direction.count = value;
    else if (part === 'count') direction.count ??= value;
    else if (part === 'sum') direction.seconds = value * toSeconds;
    else addBucket(direction, Number(labels.le) * toSeconds, value);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => reading(row));
}

/** Everything but the bucket tells workers apart; step and pipeline come first, so that rows of a step are neighbours. */
function workerKey({ pipeline, step, ...labels }: Record<string, string>): string {
  const others = Object.entries(labels).filter(([name]) => name !== 'le' && name !== '__name__');
  return JSON.stringify([pipeline ?? '', step, others.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** The open bucket is left out: it is the count of all, and JSON has no infinity. */
function addBucket(direction: Direction, le: number, count: number): void {
  if (!Number.isFinite(le)) return;
  direction.buckets = [...(direction.buckets ?? []), [le, count] as [number, number]].sort(([a], [b]) => a - b);
}

function reading({
  labels,
  send,
  receive,
}: {
  labels: Record<string, string>;
  send: Direction;
  receive: Direction;
}): StepReading {
  const figures = {
    ...{ sendCount: send.count, receiveCount: receive.count },
    ...{ sendSeconds: send.seconds, receiveSeconds: receive.seconds },
  };
  const missing: Missing = {};
  for (const [figure, value] of Object.entries(figures)) {
    if (value === null) missing[figure] = none('the step reports no such metric');
  }
  return {
    ...{ step: labels.step ?? '', pipeline: labels.pipeline ?? null, ...figures },
    ...{ sendBuckets: send.buckets, receiveBuckets: receive.buckets, missing },
  };
}
