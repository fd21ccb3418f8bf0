import { duration, rate } from '../../model/format';
import type { Cause } from '../../model/report';
import type { QueueSeries } from '../../model/series';
import { nothingFinished } from '../facts';
import { counterRate } from '../rates';
import type { Situation } from './situation';

/** Arrivals that are this many times the usual ones are called a burst. */
const burstFactor = 2;
/** With less to spare beside the usual, what a burst left would hardly ever drain. */
const spareFactor = 1.2;
/** What came before tells what is usual when it is this many times as long as the window. */
const pastLength = 2;
const fewestSamples = 8;

/** Far more arrives than usual, and what its consumers do would be enough for the usual: it drains once that ends. */
export function publisherBurst({ facts }: Situation): Cause | null {
  if (nothingFinished(facts) || facts.rates.departure === null) return null;
  const change = beforeWindow(facts.series) ?? withinWindow(facts.series);
  if (!change || change.now < burstFactor * change.usual || facts.rates.departure < spareFactor * change.usual)
    return null;
  const evidence = [
    `${rate(change.now)} arrived in the last ${duration(change.nowSeconds)}, ${rate(change.usual)} in the ${duration(change.usualSeconds)} before.`,
    `${rate(facts.rates.departure)} are finished, so the backlog drains once arrivals are as before.`,
  ];
  return { kind: 'publisher-burst', confidence: Math.min(0.9, 0.6 + change.usualSeconds / 3600), evidence };
}

interface Change {
  /** Messages per second. */
  usual: number;
  now: number;
  usualSeconds: number;
  nowSeconds: number;
}

function beforeWindow({ past, at, produced }: QueueSeries): Change | null {
  const now = counterRate(at, produced);
  const first = produced.findIndex((value) => !Number.isNaN(value));
  const [start, end] = [at[first], at.at(-1)];
  if (!past || now === null || start === undefined || end === undefined) return null;
  const usual = counterRate([past.at, start], [past.produced, produced[first] ?? NaN]);
  const [usualSeconds, nowSeconds] = [(start - past.at) / 1000, (end - start) / 1000];
  return usual === null || usualSeconds < pastLength * nowSeconds ? null : { usual, now, usualSeconds, nowSeconds };
}

/** Nothing is known from before, so the two halves are compared. */
function withinWindow({ at, produced }: QueueSeries): Change | null {
  const middle = Math.floor(at.length / 2);
  if (at.length < fewestSamples) return null;
  const usual = counterRate(at.subarray(0, middle + 1), produced.subarray(0, middle + 1));
  const now = counterRate(at.subarray(middle), produced.subarray(middle));
  const [start = 0, half = 0, end = 0] = [at[0], at[middle], at.at(-1)];
  if (usual === null || now === null) return null;
  return { usual, now, usualSeconds: (half - start) / 1000, nowSeconds: (end - half) / 1000 };
}
