import { none, unknown, type Missing, type MissingReason } from '../model/figure';
import { percent } from '../model/format';
import type { Note, StepShare } from '../model/report';
import type { Seen } from '../model/series';
import type { StepReading } from '../model/sweep';
import { note } from './notes';
import { counterIncrease } from './rates';

/** From this share of its time on a step is held up rather than merely touched (Flink calls it HIGH, brokers.md D1). */
const highShare = 0.5;

/** What the steps of a program say of each other. */
export interface StepsReport {
  steps: StepShare[];
  /** The step that the others wait for; null when none waits long. */
  bottleneck: string | null;
  notes: Note[];
}

/**
 * Share of time that each step spends in backpressure, in the order in which they are listed: the growth of the summed
 * episode seconds ÷ the window ÷ the workers that report (CONTRACTS.md, steps).
 */
export function judgeSteps(seen: readonly Seen<StepReading>[]): StepsReport {
  const rowsOf = new Map<string, Seen<StepReading>[]>();
  for (const row of seen) {
    const key = JSON.stringify([row.latest.pipeline, row.latest.step]);
    rowsOf.set(key, [...(rowsOf.get(key) ?? []), row]);
  }
  const named = [...rowsOf.values()].map((rows) => ({ name: nameOf(rows, rowsOf.size, seen), rows }));
  const steps = named.map(({ name, rows }) => shareOf(name, rows));
  // A step with a high send share waits for the one after it.
  const last = steps.findLastIndex(waits);
  const bottleneck = refusing(steps)?.step ?? (last < 0 ? null : (steps[last + 1]?.step ?? null));
  const waiting = steps[last];
  const outside =
    waiting && bottleneck === null
      ? [
          note(
            'info',
            'last-step-waits',
            `${waiting.step} is the last step and waits ${percent(waiting.sendShare ?? 0)} of the time: for something that is no step.`,
          ),
        ]
      : [];
  return { steps, bottleneck, notes: outside };
}

const waits = ({ sendShare }: StepShare) => (sendShare ?? 0) >= highShare;

/** The step that refuses the one before it for most of its time and waits for nobody: it tells so whatever the order is. */
const refusing = (steps: readonly StepShare[]): StepShare | undefined =>
  steps
    .filter((step) => (step.receiveShare ?? 0) >= highShare && !waits(step))
    .toSorted((a, b) => (b.receiveShare ?? 0) - (a.receiveShare ?? 0))[0];

/** With its pipeline where two pipelines have a step of that name. */
function nameOf(rows: readonly Seen<StepReading>[], all: number, seen: readonly Seen<StepReading>[]): string {
  const { step = '', pipeline = null } = rows[0]?.latest ?? {};
  const same = seen.filter(({ latest }) => latest.step === step);
  return pipeline !== null && all > 1 && same.some(({ latest }) => latest.pipeline !== pipeline)
    ? `${pipeline} › ${step}`
    : step;
}

function shareOf(step: string, rows: readonly Seen<StepReading>[]): StepShare {
  const figures = {
    sendShare: mean(rows, 'sendSeconds', true),
    receiveShare: mean(rows, 'receiveSeconds', true),
    sendPerSecond: mean(rows, 'sendCount', false),
    receivePerSecond: mean(rows, 'receiveCount', false),
  };
  return {
    step,
    ...figures,
    ...percentiles(rows, 'send'),
    ...percentiles(rows, 'receive'),
    missing: missingOf(figures, rows),
  };
}

type Counter = 'sendSeconds' | 'receiveSeconds' | 'sendCount' | 'receiveCount';

/** Growth per second, summed over the workers or (for shares) divided by them; null where no worker was read twice. */
function mean(rows: readonly Seen<StepReading>[], field: Counter, isShare: boolean): number | null {
  const rates = rows.flatMap(({ first, latest, seconds }) => {
    const increase = counterIncrease([first[field] ?? NaN, latest[field] ?? NaN]);
    return increase === null || seconds === 0 ? [] : [increase / seconds];
  });
  if (rates.length === 0) return null;
  const sum = rates.reduce((total, rate) => total + rate, 0);
  // An episode that ended in the window may have begun before it.
  return isShare ? Math.min(1, sum / rates.length) : sum;
}

const counterBehind: Record<string, Counter> = {
  sendShare: 'sendSeconds',
  receiveShare: 'receiveSeconds',
  sendPerSecond: 'sendCount',
  receivePerSecond: 'receiveCount',
};

function missingOf(figures: Record<string, number | null>, rows: readonly Seen<StepReading>[]): Missing {
  const why = (field: string): MissingReason => {
    const counter = counterBehind[field] ?? 'sendCount';
    const latest = rows.at(-1)?.latest;
    if (latest?.[counter] == null) return latest?.missing[counter] ?? none('this step does not count it');
    return unknown('a rate needs two readings between which the counter did not start again');
  };
  return Object.fromEntries(
    Object.entries(figures).flatMap(([field, value]) => (value === null ? [[field, why(field)]] : [])),
  );
}

/** Lengths of the episodes that ended in the window, seconds, where buckets were given. */
function percentiles(rows: readonly Seen<StepReading>[], side: 'send' | 'receive') {
  const growth = new Map<number, number>();
  for (const { first, latest } of rows) {
    const before = new Map(first[`${side}Buckets`]);
    for (const [le, count] of latest[`${side}Buckets`] ?? []) {
      growth.set(le, (growth.get(le) ?? 0) + Math.max(0, count - (before.get(le) ?? 0)));
    }
  }
  const buckets = [...growth].toSorted(([a], [b]) => a - b);
  const episodes = rows.map(({ first, latest }) =>
    counterIncrease([first[`${side}Count`] ?? NaN, latest[`${side}Count`] ?? NaN]),
  );
  // The open bucket has no bound that JSON could carry: what it holds is the rest of the count.
  const all = Math.max(
    buckets.at(-1)?.[1] ?? 0,
    episodes.reduce<number>((sum, count) => sum + (count ?? 0), 0),
  );
  return { [`${side}P50`]: quantile(buckets, 0.5 * all), [`${side}P99`]: quantile(buckets, 0.99 * all) };
}

/**
 * The length that so many episodes do not exceed, of cumulative buckets, interpolated within the bucket as Prometheus
 * does; null without buckets or episodes. Beyond the last bound it is that bound.
 */
function quantile(buckets: readonly (readonly [le: number, count: number])[], episodes: number): number | null {
  const last = buckets.at(-1);
  if (!last || episodes === 0) return null;
  const index = buckets.findIndex(([, count]) => count >= episodes);
  if (index < 0) return last[0];
  const [upper, count] = buckets[index] ?? last;
  const [lower, below] = buckets[index - 1] ?? [0, 0];
  return lower + ((upper - lower) * (episodes - below)) / (count - below);
}
