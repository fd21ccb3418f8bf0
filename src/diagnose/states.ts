import { count, duration, percent, plural, rate } from '../model/format';
import type { Objectives } from '../model/pipeline';
import type { QueueState, Severity } from '../model/report';
import { arriving, likelyAge, markerNoise, neverEmptied, nobodyConsumes, waiting, whyMissing } from './facts';
import type { QueueFacts } from './facts';

/** A state with its evidence in one sentence. */
export interface Judgement {
  state: QueueState;
  reason: string;
}

const staleIntervals = 3;
/** Sweeps close together may be three apart while one of them waits for a slow broker. */
const staleAtLeastSeconds = 10;
/** Retention is near when this share of what the log still holds is unread (brokers.md G3). */
const lossShare = 0.8;
/** Readings that show the bottom of what goes up and down between commits. */
const fewestReadings = 8;
/** Arrivals and departures this close, as a share of the arrivals, are called even. */
const evenShare = 0.05;

/** The state of a queue: the first rule that holds, in the order of CONTRACTS.md "Queue state". */
export function judgeState(facts: QueueFacts): Judgement {
  for (const rule of rules) {
    const judgement = rule(facts);
    if (judgement) return judgement;
  }
  return idle(facts);
}

/** Severity by CONTRACTS.md "Severity"; an age that was not read is taken from backlog ÷ arrivals. */
export function judgeSeverity(facts: QueueFacts, state: QueueState, objectives: Objectives): Severity {
  const old = (likelyAge(facts) ?? 0) > objectives.maxAgeSeconds;
  const fullSoon = (timeToFull(facts) ?? Infinity) <= objectives.drainSeconds;
  if (state === 'data-loss-risk') return 'critical';
  if ((state === 'stuck' || state === 'no-consumer') && arriving(facts)) return 'critical';
  if (state === 'growing') return old || fullSoon ? 'critical' : 'warning';
  if (state === 'at-capacity') return old ? 'warning' : 'ok';
  return state === 'draining' || state === 'stale' || state === 'unknown' ? 'info' : 'ok';
}

/** Seconds until the limit is reached; 0 when it is, null without a limit or growth. */
export function timeToFull({ latest, capacity, growthRate, trend }: QueueFacts): number | null {
  const held = latest.waiting ?? latest.backlog;
  if (capacity === null || held === null) return null;
  if (held >= capacity) return 0;
  return trend.state === 'growing' ? (capacity - held) / growthPace({ growthRate, trend }) : null;
}

/**
 * Messages per second by which a growing backlog grows. The counters come first; where they deny what the backlog shows
 * (a broker that counts refused publishes), its slope is right.
 */
export const growthPace = ({ growthRate, trend }: Pick<QueueFacts, 'growthRate' | 'trend'>) =>
  growthRate !== null && growthRate > 0 ? growthRate : (trend.slope ?? 0);

/** Seconds until nothing is left; 0 when nothing is, null when it does not drain. */
export function timeToDrain({ latest, growthRate, trend }: QueueFacts): number | null {
  if (latest.backlog === 0) return 0;
  if (latest.backlog === null || trend.state !== 'draining') return null;
  const shrinking = growthRate !== null && growthRate < 0 ? growthRate : trend.slope;
  return shrinking !== null && shrinking < 0 ? latest.backlog / -shrinking : null;
}

type Rule = (facts: QueueFacts) => Judgement | null;

const stale: Rule = ({ unreadSeconds, intervalSeconds }) =>
  unreadSeconds > Math.max(staleIntervals * intervalSeconds, staleAtLeastSeconds)
    ? { state: 'stale', reason: `Last read ${duration(unreadSeconds)} ago; the figures are of then.` }
    : null;

const unknownBacklog: Rule = ({ latest }) => {
  if (latest.backlog !== null) return null;
  const { kind, reason } = whyMissing(latest, 'backlog');
  return kind === 'unknown' ? { state: 'unknown', reason: `Backlog could not be read: ${reason}.` } : null;
};

const dataLossRisk: Rule = ({ latest }) => {
  if ((latest.lost ?? 0) > 0) {
    return { state: 'data-loss-risk', reason: `Retention took ${plural(latest.lost ?? 0, 'message')} away unread.` };
  }
  // A log that still has its first message has not met its retention, so being far behind costs nothing yet.
  const retentionAtWork = latest.partitions?.some(({ start }) => (start ?? 0) > 0) ?? false;
  const unread = latest.retained && latest.waiting !== null ? latest.waiting / latest.retained : 0;
  if (!retentionAtWork || unread <= lossShare) return null;
  return {
    state: 'data-loss-risk',
    reason: `${percent(unread)} of the ${count(latest.retained ?? 0)} messages the log holds are unread: the next that retention removes are among them.`,
  };
};

const noConsumer: Rule = (facts) => {
  const { usualPause, stillSeconds, patienceSeconds } = facts;
  if (!nobodyConsumes(facts) || !(arriving(facts) || waiting(facts))) return null;
  // One that comes at times, works and leaves is not missed before it is late.
  if (usualPause > 0 && stillSeconds < patienceSeconds) return null;
  return { state: 'no-consumer', reason: `Nobody consumes; ${inflow(facts)}.` };
};

const stuck: Rule = (facts) => {
  const { consumers, latest, stillSeconds, patienceSeconds, usualPause } = facts;
  if (consumers === 0 || latest.backlog === null || !waiting(facts)) return null;
  if (stillSeconds === 0 || stillSeconds < patienceSeconds) return null;
  const habit = usualPause > 0 ? `, and ${duration(usualPause)} is usual` : '';
  return {
    state: 'stuck',
    reason: `Nothing was finished in ${duration(stillSeconds)}${habit}${members(facts)}; ${inflow(facts)}.`,
  };
};

const growing: Rule = (facts) => {
  if (facts.trend.state !== 'growing') return null;
  const pace = growthPace(facts);
  // Held: a short relief is not yet a recovery.
  const verdict = pace > 0 ? `Grows by ${rate(pace)}` : 'Has grown and not fallen back yet';
  return { state: 'growing', reason: `${verdict}: ${balance(facts)}; ${wait(facts)}.` };
};

const draining: Rule = (facts) => {
  const seconds = timeToDrain(facts);
  if (facts.trend.state !== 'draining' || seconds === null || seconds === 0) return null;
  return { state: 'draining', reason: `Empty in ${duration(seconds)}: ${balance(facts)}; ${wait(facts)}.` };
};

const atCapacity: Rule = (facts) => {
  const { rates, latest, lowestBacklog, windowSeconds } = facts;
  // A few readings may all have come just before a commit.
  if (facts.series.at.length < fewestReadings) return null;
  if (!rates.arrival || !keepsUp(facts) || !neverEmptied(facts) || (latest.waiting ?? 1) === 0) return null;
  const never = `never fewer than ${count(lowestBacklog ?? 0)} waited in ${duration(windowSeconds)}`;
  return { state: 'at-capacity', reason: `Keeps up with nothing to spare: ${balance(facts)} and ${never}.` };
};

const healthy: Rule = (facts) => {
  const { latest, rates } = facts;
  if (latest.backlog === null) return neverCommitted(facts);
  if (arriving(facts) || (rates.departure ?? 0) > 0) {
    const verdict = keepsUp(facts) ? 'Keeps up' : 'No trend is certain yet';
    return { state: 'healthy', reason: `${verdict}: ${balance(facts)}; ${wait(facts)}.` };
  }
  if (!waiting(facts) && latest.inFlight === null) return null;
  if (latest.backlog <= markerNoise(facts)) return null;
  return { state: 'healthy', reason: `No arrivals seen; ${wait(facts)} and the backlog does not grow.` };
};

const idle = (facts: QueueFacts): Judgement => {
  const { latest } = facts;
  const backlog = latest.backlog ?? 0;
  if (latest.backlog === null && latest.group === null) {
    return { state: 'idle', reason: `Nobody reads it: ${whyMissing(latest, 'backlog').reason}.` };
  }
  if (backlog > 0) {
    const reason = `No arrivals; the ${plural(backlog, 'offset')} left over ${plural(latest.partitions?.length ?? 1, 'partition')} can be transaction markers, not messages.`;
    return { state: 'idle', reason };
  }
  return { state: 'idle', reason: 'Empty, and nothing arrives.' };
};

const rules: readonly Rule[] = [
  stale,
  unknownBacklog,
  dataLossRisk,
  noConsumer,
  stuck,
  growing,
  draining,
  atCapacity,
  healthy,
];

/** Long enough looked at to say that it neither grows nor drains, and the counters agree. */
const keepsUp = ({ trend, growthRate, rates }: QueueFacts) =>
  trend.state === 'stable' && Math.abs(growthRate ?? 0) <= evenShare * (rates.arrival ?? Infinity);

/** A group that never committed has no backlog; its members and the arrivals are all there is to go by. */
function neverCommitted(facts: QueueFacts): Judgement | null {
  if (facts.latest.group === null || !arriving(facts)) return null;
  const why = whyMissing(facts.latest, 'backlog').reason;
  return { state: 'healthy', reason: `Backlog cannot be counted (${why})${members(facts)}; ${inflow(facts)}.` };
}

const members = ({ consumers }: QueueFacts) =>
  consumers === null ? '' : `, with ${plural(consumers, 'consumer')} connected`;

const wait = ({ latest }: QueueFacts) => `${count(latest.backlog ?? 0)} wait`;

const inflow = (facts: QueueFacts) =>
  [
    ...(facts.rates.arrival === null ? [] : [`${rate(facts.rates.arrival)} arrive`]),
    ...(facts.latest.backlog === null ? [] : [wait(facts)]),
  ].join(', ');

const balance = ({ rates, trend }: QueueFacts) =>
  rates.arrival === null || rates.departure === null
    ? `the backlog moved by ${rate(trend.slope ?? 0)}`
    : `${rate(rates.arrival)} arrive, ${rate(rates.departure)} are finished`;
