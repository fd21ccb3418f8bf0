import type { Missing } from '../model/figure';
import type { QueueReport } from '../model/report';
import type { Observation, QueueSeries } from '../model/series';
import { queueFacts, whyMissing, type AnalyzeOptions, type QueueFacts } from './facts';
import { liveTrend } from './lanes';
import { judgeSeverity, judgeState, timeToDrain, timeToFull } from './states';

/** From this long on a queue counts as watched: figures are of the last two minutes, growing is what a lane says. */
const watchedSeconds = 120;
const recentSamples = 12;

/**
 * The state of every observed queue, in the order of the observation: what the tree and `watch` show. Hand in all that
 * is known, up to an hour: the longer lanes need ten minutes, and holding on to what grows needs to know since when.
 */
export function diagnoseQueues(observation: Observation, options: AnalyzeOptions): QueueReport[] {
  return observation.queues.map((series) => reportQueue(watchedFacts(series, options), options));
}

function watchedFacts(series: QueueSeries, { now }: AnalyzeOptions): QueueFacts {
  const facts = queueFacts(recentPart(series), now, null);
  const seconds = ((series.at.at(-1) ?? 0) - (series.at[0] ?? 0)) / 1000;
  return seconds < watchedSeconds ? facts : { ...facts, trend: liveTrend(series, facts.rates, facts.trend) };
}

/** The last two minutes, or the last samples of a broker that is read more rarely. */
function recentPart(series: QueueSeries): QueueSeries {
  const { at } = series;
  const since = (at.at(-1) ?? 0) - watchedSeconds * 1000;
  const start = Math.max(
    0,
    Math.min(
      at.length - recentSamples,
      at.findIndex((time) => time >= since),
    ),
  );
  const cut = (column: readonly number[]) => column.slice(start);
  return {
    ...series,
    at: cut(at),
    backlog: cut(series.backlog),
    produced: cut(series.produced),
    consumed: cut(series.consumed),
  };
}

/** A queue as the report shows it. */
export function reportQueue(facts: QueueFacts, { objectives }: AnalyzeOptions): QueueReport {
  const { latest, rates, growthRate, capacity, consumers } = facts;
  const judgement = judgeState(facts);
  const trend =
    judgement.state === 'stale'
      ? { ...facts.trend, state: 'unknown' as const, confidence: 0, lane: null }
      : facts.trend;
  const measured = {
    backlog: latest.backlog,
    waiting: latest.waiting,
    inFlight: latest.inFlight,
    lost: latest.lost,
    capacity,
    consumers,
    ageSeconds: latest.ageSeconds,
    arrivalRate: rates.arrival,
    departureRate: rates.departure,
    growthRate,
  };
  return {
    id: latest.id,
    broker: latest.broker,
    system: latest.system,
    kind: latest.kind,
    namespace: latest.namespace,
    destination: latest.destination,
    group: latest.group,
    ...measured,
    partitions: latest.partitions?.length ?? null,
    trend,
    ...judgement,
    drainSeconds: timeToDrain({ ...facts, trend }),
    timeToFullSeconds: timeToFull({ ...facts, trend }),
    severity: judgeSeverity(facts, judgement.state, objectives),
    missing: missingOf(measured, facts),
    approximate: latest.approximate,
  };
}

/** Counters that a rate or the growth is made from: their reason is the rate's too. */
const madeFrom: Record<string, string> = { arrivalRate: 'produced', departureRate: 'consumed', growthRate: 'backlog' };

function missingOf(measured: Record<string, number | null>, { latest, series }: QueueFacts): Missing {
  const missing: Missing = {};
  for (const [field, value] of Object.entries(measured)) {
    if (value !== null) continue;
    const source = madeFrom[field];
    const counter = source === 'produced' || source === 'consumed' || source === 'backlog' ? latest[source] : null;
    missing[field] =
      counter !== null
        ? {
            kind: 'unknown',
            reason: `a rate needs two readings, there is ${series.at.length === 1 ? 'one' : 'no second that counts'}`,
          }
        : (latest.missing[field] ?? whyMissing(latest, source ?? field));
  }
  return missing;
}
