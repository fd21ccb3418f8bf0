import { count, percent } from '../../model/format';
import type { Cause } from '../../model/report';
import { nothingFinished } from '../facts';
import { workersOf } from '../workers';
import type { Situation } from './situation';

/** From this share of its limit on a resource is what limits. */
const fullShare = 0.9;
/** Up to this share of its limit a processor mostly waits. */
const idleShare = 0.5;

/** Its processors are at their limit. */
export const cpuBound = ({ metrics, facts }: Situation): Cause | null =>
  metrics?.cpu == null || metrics.cpu < fullShare
    ? null
    : {
        kind: 'cpu-bound',
        confidence: 0.9,
        evidence: [`CPU is at ${percent(metrics.cpu)} of its limit while ${waitingText(facts)}.`],
      };

/** Its memory is at its limit: it collects garbage or swaps instead of working, and may be killed. */
export const memoryBound = ({ metrics, facts }: Situation): Cause | null =>
  metrics?.memory == null || metrics.memory < fullShare
    ? null
    : {
        kind: 'memory-bound',
        confidence: 0.85,
        evidence: [`Memory is at ${percent(metrics.memory)} of its limit while ${waitingText(facts)}.`],
      };

/** Work waits and its processors do not: it waits for something that it calls, or its network is full. */
export function downstreamWait(situation: Situation): Cause | null {
  const { metrics, facts } = situation;
  if (metrics === null || nothingFinished(facts)) return null;
  const isIdle = metrics.cpu !== null && metrics.cpu < idleShare && (metrics.memory ?? 0) < fullShare;
  const isNetworkFull = metrics.network !== null && metrics.network >= fullShare;
  if (!isIdle && !isNetworkFull) return null;
  const held = allHandedOut(situation);
  const evidence = [
    ...(isNetworkFull ? [`Its network is at ${percent(metrics.network ?? 0)} of its limit.`] : []),
    ...(isIdle ? [`CPU is at ${percent(metrics.cpu ?? 0)} of its limit though ${waitingText(facts)}.`] : []),
    ...(held === null
      ? []
      : [`Its consumers hold ${count(held)} messages unacknowledged, as many as their prefetch lets them.`]),
  ];
  return { kind: 'downstream-wait', confidence: isNetworkFull || held !== null ? 0.85 : 0.7, evidence };
}

/** What its consumers hold when each holds as much as its prefetch allows, else null. */
function allHandedOut({ facts, trouble, figures }: Situation): number | null {
  const { inFlight, prefetch } = facts.latest;
  const consumers = facts.consumers ?? workersOf(trouble, figures);
  if (inFlight === null || prefetch === null || consumers === null || consumers === 0) return null;
  return inFlight >= prefetch * consumers ? inFlight : null;
}

const waitingText = ({ latest }: Situation['facts']) =>
  latest.backlog === null ? 'its backlog grows' : `${count(latest.backlog)} wait`;
