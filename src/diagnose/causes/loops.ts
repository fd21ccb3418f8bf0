import { count, duration, percent, plural } from '../../model/format';
import type { Cause } from '../../model/report';
import type { QueueFacts } from '../facts';
import { counterIncrease } from '../rates';
import { flow, type Situation } from './situation';

/** So many in a window of a minute or so are no deployment: that makes one when old instances go and one when new come. */
const fewestRebalances = 3;
/** A group that shares out its partitions for this much of the window hardly works. */
const rebalancingShare = 0.3;
/** From this share of the deliveries up the same messages go round instead of being finished. */
const redeliveredShare = 0.3;

/** The group shares out its partitions again and again, and nobody works meanwhile. */
export function rebalanceLoop({ facts }: Situation): Cause | null {
  const rebalances = increase(facts, 'rebalances') ?? 0;
  const { rebalancing = [] } = facts.series;
  const sweeps = rebalancing.filter(Boolean).length;
  // A single rebalance of half a minute fills a short window too: it has to stop and begin again, or to last.
  const share = rebalancing.length >= 4 ? sweeps / rebalancing.length : 0;
  const goesOn = share >= rebalancingShare && (rebalancing[0] === true || beginnings(rebalancing) > 1);
  if (rebalances < fewestRebalances && !goesOn) return null;
  const evidence = [
    ...(rebalances >= fewestRebalances
      ? [`${plural(rebalances, 'rebalance')} in ${duration(facts.windowSeconds)}.`]
      : []),
    ...(sweeps > 0
      ? [`The group was rebalancing in ${sweeps} of ${plural(rebalancing.length, 'sweep')} (${percent(share)}).`]
      : []),
    ...flow(facts),
  ];
  return { kind: 'rebalance-loop', confidence: Math.min(0.95, 0.6 + share / 2), evidence };
}

const beginnings = (rebalancing: readonly boolean[]) =>
  rebalancing.filter((now, i) => now && rebalancing[i - 1] !== true).length;

/** The same messages are delivered again and again: they fail, or are not acknowledged in time. */
export function redeliveryLoop({ facts }: Situation): Cause | null {
  const again = increase(facts, 'redelivered');
  const finished = counterIncrease(facts.series.consumed);
  if (!again || finished === null) return null;
  const share = again / (again + finished);
  if (share < redeliveredShare) return null;
  const evidence = [
    `${count(again)} of ${count(again + finished)} deliveries in ${duration(facts.windowSeconds)} were repeated (${percent(share)}); ${count(finished)} messages were finished.`,
    ...(facts.latest.deadLetter === null ? [] : [`Its dead-letter target is ${facts.latest.deadLetter}.`]),
  ];
  return { kind: 'redelivery-loop', confidence: Math.min(0.95, 0.5 + share / 2), evidence };
}

/** Increase of a counter that has no column; null when it was not read twice or started again in between. */
function increase({ series }: QueueFacts, field: 'rebalances' | 'redelivered'): number | null {
  return counterIncrease([series.first[field] ?? NaN, series.latest[field] ?? NaN]);
}
