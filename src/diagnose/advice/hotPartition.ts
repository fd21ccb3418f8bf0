import { percent, rate } from '../../model/format';
import type { Recommendation } from '../../model/report';
import { costNow, hotPartitionOf, unused, type Case } from './case';
import { milliseconds } from './pace';

/** Keys that spread over the partitions. */
export function rekey(facts: Case): Recommendation | null {
  const { queue } = facts.trouble;
  const hot = hotPartitionOf(facts);
  if (!queue || !hot) return null;
  return {
    ...unused,
    kind: 'rekey',
    title: `Spread the keys of ${queue.report.destination}: partition ${hot.partition} takes ${percent(hot.share)} of the growth`,
    monthlyCost: costNow(facts),
    why: `One consumer reads a partition, so more consumers would not touch what waits in partition ${hot.partition}.`,
  };
}

/** The time a message may take for the one consumer that reads the hot partition. */
export function optimiseHot(facts: Case): Recommendation | null {
  const hot = hotPartitionOf(facts);
  if (!hot?.arrivalRate) return null;
  const target = facts.objectives.utilisation / hot.arrivalRate;
  return {
    ...unused,
    kind: 'optimise',
    title: `Finish a message in ${milliseconds(target)}`,
    targetSecondsPerMessage: target,
    monthlyCost: costNow(facts),
    why: `One consumer reads partition ${hot.partition}, where ${rate(hot.arrivalRate)} arrive; so fast it runs at ${percent(facts.objectives.utilisation)}.`,
  };
}
