import { count, duration, plural, rate } from '../../model/format';
import type { Cause } from '../../model/report';
import type { Trouble } from '../bottleneck';
import { nobodyConsumes, nothingFinished } from '../facts';
import { ratePerWorker, workersOf } from '../workers';
import { flow, type Situation } from './situation';

/** Nobody reads. */
export function noConsumer({ facts }: Situation): Cause | null {
  if (!nobodyConsumes(facts)) return null;
  const word = facts.latest.brokerState;
  const evidence = [`0 consumers${word === null ? '' : `; the broker calls it ${word}`}.`, ...flow(facts)];
  return { kind: 'no-consumer', confidence: 0.95, evidence };
}

/** They are there and finish nothing. */
export function stuckConsumer({ facts }: Situation): Cause | null {
  if (facts.consumers === 0 || !nothingFinished(facts)) return null;
  const there = facts.consumers === null ? '' : ` by ${plural(facts.consumers, 'connected consumer')}`;
  const evidence = [`0 messages were finished in ${duration(facts.windowSeconds)}${there}.`, ...flow(facts)];
  return { kind: 'stuck-consumer', confidence: Math.min(0.95, facts.windowSeconds / 60), evidence };
}

/** They work, and more arrives than they can do. */
export function tooFew({ trouble, facts, figures }: Situation): Cause | null {
  if (nothingFinished(facts) || nobodyConsumes(facts)) return null;
  const { inputRate, processingRate } = trouble;
  const workers = workersOf(trouble, figures);
  const pace = ratePerWorker(trouble, figures);
  const each =
    workers && pace ? [`${plural(workers, 'instance')} finish ${rate(pace)} each while work always waits.`] : [];
  const seen =
    inputRate !== null && processingRate !== null
      ? [`${rate(inputRate)} arrive, ${rate(processingRate)} are finished.`]
      : facts.growthRate === null
        ? flow(facts)
        : [`The backlog grows by ${rate(facts.growthRate)}.`];
  return { kind: 'too-few-consumers', confidence: each.length > 0 ? 0.8 : 0.5, evidence: [...seen, ...each] };
}

/** The broker holds its publishers back. */
export function brokerCause({ chain, queue }: Trouble, broker: string): Cause {
  const held = chain.map(({ name }) => name).join(', ');
  const full =
    queue?.facts.capacity != null
      ? ` (${queue.report.destination} at its limit of ${count(queue.facts.capacity)})`
      : '';
  return { kind: 'broker-flow-control', confidence: 0.9, evidence: [`${broker} keeps ${held} waiting${full}.`] };
}
