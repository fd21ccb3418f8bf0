import { count, duration, plural, rate } from '../../model/format';
import type { Recommendation } from '../../model/report';
import { drainSecondsWith } from '../capacity';
import { workersOf } from '../workers';
import { costNow, hotPartitionOf, loadOf, nameOf, needOf, unused, type Case } from './case';
import { capText } from './instances';

/** The time a message may take if the instances stay as many as they are. */
export function optimise(facts: Case): Recommendation | null {
  const load = loadOf(facts);
  const instances = workersOf(facts.trouble, facts.figures);
  if (!load || !instances) return null;
  const { drainSeconds, utilisation } = facts.objectives;
  const needed = Math.max(load.arrivalRate + load.backlog / drainSeconds, load.arrivalRate / utilisation);
  if (needed === 0) return null;
  const target = instances / needed;
  // More instances are not advised where a cap forbids them, so the cap is said here.
  const need = needOf(facts, load, null);
  const cap = need.instances <= instances ? capText(need) : '.';
  return {
    ...unused,
    kind: 'optimise',
    title: `Finish a message in ${milliseconds(target)} (now ${milliseconds(1 / load.ratePerInstance)})`,
    targetSecondsPerMessage: target,
    drainSeconds: drainSecondsWith(instances, { ...load, ratePerInstance: 1 / target }),
    monthlyCost: costNow(facts),
    why: `${plural(instances, 'instance')} then do ${rate(needed)}, which ${rate(load.arrivalRate)} arriving and ${count(load.backlog)} waiting need${cap}`,
  };
}

/** The producers' rate at which the stage runs at the target utilisation; the rest of its capacity eats the backlog. */
export function limitProducer(facts: Case): Recommendation | null {
  const { backlog, inputRate } = facts.trouble;
  const narrow = narrowest(facts);
  if (!narrow || backlog === null || inputRate === null) return null;
  const { capacity, eats } = narrow;
  const limit = facts.objectives.utilisation * capacity;
  const seconds = limit < capacity ? eats(limit) : null;
  return {
    ...unused,
    kind: 'limit-producer',
    title: `Limit the producers to ${rate(limit)} (now ${rate(inputRate)})`,
    producerLimit: limit,
    drainSeconds: seconds,
    monthlyCost: costNow(facts),
    why: `${nameOf(facts)} can do ${rate(capacity)}; the rest empties ${count(backlog)} ${seconds === null ? 'never' : `in ${duration(seconds)}`}.`,
  };
}

/**
 * Messages per second from the producers that the stage can do, and in what time the backlog is gone at a limit below. Of
 * a hot partition's reader every message counts as many times as arrive beside it elsewhere.
 */
function narrowest(facts: Case): { capacity: number; eats: (limit: number) => number } | null {
  const { backlog, inputRate } = facts.trouble;
  const hot = hotPartitionOf(facts);
  if (hot?.arrivalRate && hot.departureRate && inputRate) {
    const share = hot.arrivalRate / inputRate;
    const { departureRate } = hot;
    return { capacity: departureRate / share, eats: (limit) => hot.backlog / (departureRate - limit * share) };
  }
  const capacity = facts.figures?.serviceRate;
  return capacity ? { capacity, eats: (limit) => (backlog ?? 0) / (capacity - limit) } : null;
}

/** Seconds as a person says the time of one message. */
export const milliseconds = (seconds: number) =>
  seconds >= 1
    ? duration(seconds)
    : `${seconds * 1000 >= 9.95 ? (seconds * 1000).toFixed(0) : (seconds * 1000).toFixed(1)} ms`;
