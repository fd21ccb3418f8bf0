import type { Missing } from '../model/figure';
import type { QueueReport, Trend } from '../model/report';
import type { Observation, QueueSeries } from '../model/series';
import { queueFacts, whyMissing, type AnalyzeOptions, type QueueFacts } from './facts';
import { LiveTrend } from './liveTrend';
import { judgeSeverity, judgeState, timeToDrain, timeToFull } from './states';

/**
 * The states of queues that are watched. It remembers of each what it has called growing and how it usually pauses, so
 * each sweep costs only what is new in it.
 */
export class LiveDiagnosis {
  private readonly trends = new Map<string, LiveTrend>();

  /**
   * From when on a queue's samples are needed, milliseconds since the epoch: all of a queue that was never judged.
   */
  readonly needs = (id: string): number => this.trends.get(id)?.needs ?? -Infinity;

  /**
   * Judges one queue after the other, so that a caller may pause in between or stop. Hand in of each what it needs or
   * more; what was seen in an earlier call is not counted again.
   */
  *judge(queues: Iterable<QueueSeries>, options: AnalyzeOptions): Generator<QueueReport, void> {
    const listed = new Set<string>();
    for (const series of queues) {
      listed.add(series.id);
      yield this.judgeOne(series, options);
    }
    for (const id of this.trends.keys()) if (!listed.has(id)) this.trends.delete(id);
  }

  private judgeOne(series: QueueSeries, options: AnalyzeOptions): QueueReport {
    const known = this.trends.get(series.id);
    // After the clock was set back nothing that is known has a time any more.
    const live = known && known.seen <= (series.at.at(-1) ?? NaN) ? known : new LiveTrend();
    this.trends.set(series.id, live);
    live.add(series);
    const facts = queueFacts(live.recent(series), options.now, null);
    facts.trend = live.called(facts.trend);
    if (!facts.series.consumed.every(Number.isNaN)) {
      facts.stillSeconds = live.stillSeconds;
      facts.patienceSeconds = live.patience;
      facts.usualPause = live.usualPause;
    }
    return reportQueue(facts, options);
  }
}

/** The state of every observed queue, in the order of the observation, as if all of it had been watched. */
export const diagnoseQueues = (observation: Observation, options: AnalyzeOptions): QueueReport[] => [
  ...new LiveDiagnosis().judge(observation.queues, options),
];

/** A queue as the report shows it. */
export function reportQueue(facts: QueueFacts, { objectives }: AnalyzeOptions): QueueReport {
  const { latest, rates, growthRate, capacity, consumers } = facts;
  const judgement = judgeState(facts);
  const trend: Trend =
    judgement.state === 'stale' ? { ...facts.trend, state: 'unknown', confidence: 0, lane: null } : facts.trend;
  const shown = trend === facts.trend ? facts : { ...facts, trend };
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
    queueType: latest.queueType,
    namespace: latest.namespace,
    destination: latest.destination,
    group: latest.group,
    ...measured,
    partitions: latest.partitions?.length ?? null,
    trend,
    ...judgement,
    drainSeconds: timeToDrain(shown),
    timeToFullSeconds: timeToFull(shown),
    severity: judgeSeverity(facts, judgement.state, objectives),
    missing: missingOf(measured, facts),
    approximate: latest.approximate,
  };
}

/** Counters that a rate or the growth is made from: their reason is the rate's too. */
const madeFrom: Record<string, string> = { arrivalRate: 'produced', departureRate: 'consumed', growthRate: 'backlog' };

function missingOf<Field extends string>(
  measured: Record<Field, number | null>,
  { latest, series }: QueueFacts,
): Missing {
  const missing: Missing = {};
  for (const field in measured) {
    if (measured[field] !== null) continue;
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
