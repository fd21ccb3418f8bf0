import { count } from '../../model/format';
import type { Recommendation } from '../../model/report';
import { drainSecondsWith } from '../capacity';
import { workersOf } from '../workers';
import { costNow, loadOf, nameOf, unused, type Case } from './case';
import { milliseconds } from './pace';

/** What the stage calls has to answer faster: by when, if the instances stay as many as they are. */
export function fixDownstream(facts: Case): Recommendation {
  const target = targetTime(facts);
  const load = loadOf(facts);
  const workers = workersOf(facts.trouble, facts.figures);
  return {
    ...unused,
    kind: 'fix-downstream',
    title: `Find what ${nameOf(facts)} waits for${target ? ` and get a message through in ${milliseconds(target)}` : ''}`,
    targetSecondsPerMessage: target,
    drainSeconds:
      load && workers && target ? drainSecondsWith(workers, { ...load, ratePerInstance: 1 / target }) : null,
    monthlyCost: costNow(facts),
    why: `Its processors are not at work, so it waits for a database, a service or the network; more instances would ask the same one more often.`,
  };
}

/** One call for several messages, as many as would make up for the wait. */
export function batch(facts: Case): Recommendation | null {
  const load = loadOf(facts);
  const target = targetTime(facts);
  if (!load || !target) return null;
  const size = Math.ceil(1 / (load.ratePerInstance * target) - 1e-9);
  if (size < 2) return null;
  return {
    ...unused,
    kind: 'batch',
    title: `Handle ${count(size)} messages of ${nameOf(facts)} with one call downstream`,
    targetSecondsPerMessage: target,
    monthlyCost: costNow(facts),
    why: `A message takes ${milliseconds(1 / load.ratePerInstance)} and may take ${milliseconds(target)}; a call that waits as long for ${count(size)} as for one makes up for it.`,
  };
}

/** Stops asking what does not answer. */
export const circuitBreaker = (facts: Case): Recommendation => ({
  ...unused,
  kind: 'circuit-breaker',
  title: `Put a circuit breaker before what ${nameOf(facts)} calls`,
  monthlyCost: costNow(facts),
  why: `While it does not answer, ${nameOf(facts)} then leaves messages in their queue instead of holding ${
    facts.trouble.queue?.report.inFlight == null ? 'them' : count(facts.trouble.queue.report.inFlight)
  } in flight.`,
});

function targetTime(facts: Case): number | null {
  const { inputRate, backlog } = facts.trouble;
  const workers = workersOf(facts.trouble, facts.figures);
  if (inputRate === null || backlog === null || !workers) return null;
  const { drainSeconds, utilisation } = facts.objectives;
  const needed = Math.max(inputRate + backlog / drainSeconds, inputRate / utilisation);
  return needed > 0 ? workers / needed : null;
}
