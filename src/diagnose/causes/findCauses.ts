import type { Cause } from '../../model/report';
import type { Observation } from '../../model/series';
import type { Trouble } from '../bottleneck';
import type { StageFigures } from '../stages';
import { publisherBurst } from './burst';
import { brokerCause, noConsumer, stuckConsumer, tooFew } from './consumers';
import { rebalanceLoop, redeliveryLoop } from './loops';
import { hotPartition, partitionLimited, stuckPartition } from './partitions';
import { prefetchTooLarge, prefetchTooSmall } from './prefetch';
import { cpuBound, downstreamWait, memoryBound } from './resources';
import type { Situation } from './situation';

/** In this order: what explains the most of what else is seen stands first (CONTRACTS.md "Cause"). */
const rules: readonly ((situation: Situation) => Cause | null)[] = [
  noConsumer,
  rebalanceLoop,
  redeliveryLoop,
  stuckConsumer,
  stuckPartition,
  hotPartition,
  publisherBurst,
  memoryBound,
  cpuBound,
  prefetchTooSmall,
  prefetchTooLarge,
  downstreamWait,
  partitionLimited,
  tooFew,
];

const unknownCause: Cause = {
  kind: 'unknown',
  confidence: 0.2,
  evidence: ['Neither consumers nor rates of the queue are known.'],
};

/** Why, likeliest first; never empty. */
export function findCauses(
  trouble: Trouble,
  figures: StageFigures | null,
  { stages, brokers }: Observation,
): [Cause, ...Cause[]] {
  if (trouble.broker !== null) return [brokerCause(trouble, trouble.broker)];
  const facts = trouble.queue?.facts;
  if (!facts) return [unknownCause];
  const metrics = stages.find(({ latest }) => latest.name === trouble.stage?.name)?.latest ?? null;
  const broker = brokers.find(({ name }) => name === facts.latest.broker) ?? null;
  const situation = { trouble, facts, figures, metrics, broker };
  const [first = unknownCause, ...others] = rules.map((rule) => rule(situation)).filter((cause) => cause !== null);
  return [first, ...others];
}
