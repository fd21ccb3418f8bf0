import { count, duration, plural, rate } from '../../model/format';
import type { Recommendation } from '../../model/report';
import { drainSecondsWith } from '../capacity';
import { prefetchNeeded } from '../causes/prefetch';
import { costNow, costOf, loadOf, nameOf, needOf, unused, type Case } from './case';

/** Prefetch for the rate that the objectives ask of each consumer; null where round trip or rate are not known. */
export function setPrefetch(facts: Case): Recommendation | null {
  const { trouble, objectives, brokers } = facts;
  const queue = trouble.queue?.facts;
  const roundTrip = brokers.find(({ name }) => name === queue?.latest.broker)?.roundTripSeconds ?? null;
  if (!queue?.consumers || roundTrip === null || trouble.inputRate === null) return null;
  const wanted = Math.max(
    trouble.inputRate + (trouble.backlog ?? 0) / objectives.drainSeconds,
    trouble.inputRate / objectives.utilisation,
  );
  const each = wanted / queue.consumers;
  const prefetch = prefetchNeeded(each, roundTrip);
  const now = queue.latest.prefetch;
  // What a consumer does with enough at hand was not seen; only the file can tell.
  const declared = trouble.stage?.file?.ratePerInstance ?? null;
  const load = declared && { arrivalRate: trouble.inputRate, backlog: trouble.backlog ?? 0 };
  return {
    ...unused,
    kind: 'set-prefetch',
    title: `Set the prefetch of ${nameOf(facts)} to ${count(prefetch)}${now === null ? '' : ` (now ${count(now)})`}`,
    prefetch,
    drainSeconds: load
      ? drainSecondsWith(queue.consumers, { ...load, ratePerInstance: paceOver(roundTrip, prefetch, declared) })
      : null,
    monthlyCost: costNow(facts),
    why: `${rate(each)} for each of ${plural(queue.consumers, 'consumer')} × ${(roundTrip * 1000).toFixed(1)} ms round trip, and one in work: less waits for the wire, more waits inside a consumer.`,
  };
}

/** Messages per second of a consumer that may hold so many: a window is refilled once in a round trip and one message's work. */
const paceOver = (roundTrip: number, prefetch: number, ratePerInstance: number) =>
  Math.min(ratePerInstance, prefetch / (roundTrip + 1 / ratePerInstance));

/** A limit on what is held, by Little's law: what the stage does within the age that is allowed. */
export function boundedBuffer(facts: Case): Recommendation | null {
  const pace = facts.figures?.serviceRate ?? facts.trouble.processingRate;
  if (!pace) return null;
  const { maxAgeSeconds } = facts.objectives;
  const bufferSize = Math.ceil(pace * maxAgeSeconds);
  return {
    ...unused,
    kind: 'bounded-buffer',
    title: `Let ${nameOf(facts)} hold ${count(bufferSize)} messages at most`,
    bufferSize,
    monthlyCost: costNow(facts),
    why: `${rate(pace)} are finished, so ${count(bufferSize)} wait ${duration(maxAgeSeconds)}; whatever more is held is older than that before it is done.`,
  };
}

/** Instances that come and go with the load: as many as now would be needed. */
export function autoscale(facts: Case): Recommendation | null {
  const load = loadOf(facts);
  const now = facts.figures?.instances ?? null;
  if (!load || now === null) return null;
  const { instances } = needOf(facts, load, null);
  if (instances <= now) return null;
  return {
    ...unused,
    kind: 'autoscale',
    title: `Scale ${nameOf(facts)} with its backlog, from ${now} to ${plural(instances, 'instance')}`,
    instances,
    drainSeconds: drainSecondsWith(instances, load),
    monthlyCost: costOf(facts, instances),
    why: `${instances} are enough for ${rate(load.arrivalRate)} and ${count(load.backlog)} waiting; ${now} are enough for the rest of the time.`,
  };
}
