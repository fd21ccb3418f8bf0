import type { Pipeline } from '../../model/pipeline';
import { strategyKind, type Report, type Strategy, type StrategyKind } from '../../model/report';
import { characterOf, type Character } from './character';
import { numbers, rules, tradeOffs } from './rules';

/** What happens to what does not fit. */
const overflow: Record<StrategyKind, (character: Character) => Strategy['overflow']> = {
  autoscaling: () => null,
  'rate-limiting': () => 'throttle',
  'bounded-buffer': ({ durable }) => (durable ? 'spill' : 'block'),
  batching: () => null,
  'circuit-breaker': () => 'reject',
  'load-shedding': () => 'drop',
  'priority-queues': () => 'block',
};

/**
 * Flow-control strategies, what fits best first (CONTRACTS.md: shedding is never advised where a stage is critical, so
 * it is left out there). Empty when no stage consumes anything.
 */
export function rankStrategies(
  report: Pick<Report, 'stages' | 'queues' | 'bottlenecks'>,
  pipeline: Pipeline | null,
): Strategy[] {
  const character = characterOf(report, pipeline);
  if (!character) return [];
  return strategyKind.options
    .filter((kind) => kind !== 'load-shedding' || !character.critical)
    .map((kind) => ({ kind, ...judged(kind, character) }))
    .toSorted((a, b) => b.points - a.points)
    .map(({ kind, why }, index) => ({
      kind,
      overflow: overflow[kind](character),
      rank: index + 1,
      fits: [sentenceOf(why), sentenceOf(numbers[kind](character))].filter((text) => text !== '').join(' '),
      tradeOff: tradeOffs[kind](character),
    }));
}

function judged(kind: StrategyKind, character: Character): { points: number; why: string } {
  const holding = rules.filter(({ strategy, when }) => strategy === kind && when(character));
  const points = holding.reduce((sum, rule) => sum + rule.points, 0);
  // The reason told is the one that weighs most on the side that won.
  const side = points >= 0 ? 1 : -1;
  const [strongest] = holding.toSorted((a, b) => side * (b.points - a.points));
  return { points, why: strongest?.because(character) ?? '' };
}

const sentenceOf = (text: string) => (text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
