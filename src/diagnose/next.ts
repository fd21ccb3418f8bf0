import type { Bottleneck, Recommendation } from '../model/report';
import type { Trouble } from './bottleneck';
import type { StageFigures } from './stages';
import type { StageNode } from './topology';

/**
 * Where the bottleneck moves once the recommendation is followed: the stage behind it whose capacity is too small for
 * what would then arrive there (its present share of the flow, scaled), else the nearest one whose capacity has never
 * been seen, else the next bottleneck there already is. Null when nothing moves.
 */
export function nextLimit(
  trouble: Trouble,
  first: Recommendation | undefined,
  others: readonly Trouble[],
  stages: readonly StageNode[],
  figuresOf: (stage: StageNode) => StageFigures,
): Bottleneck['next'] {
  const { stage, inputRate, processingRate } = trouble;
  if (!stage || !first || inputRate === null || mostlyStays(first)) return null;
  let nearestUnseen: StageNode | null = null;
  let tightest: { stage: string; atRate: number } | null = null;
  for (const later of downstream(stage, stages)) {
    const { inputRate: present, serviceRate } = figuresOf(later);
    const then = processingRate && present !== null ? (present * inputRate) / processingRate : inputRate;
    if (serviceRate === null) nearestUnseen ??= later;
    else if (serviceRate < then && serviceRate < (tightest?.atRate ?? Infinity)) {
      tightest = { stage: later.name, atRate: serviceRate };
    }
  }
  if (tightest) return tightest;
  if (nearestUnseen) return { stage: nearestUnseen.name, atRate: null };
  const other = others.find((next) => next !== trouble && next.stage !== null)?.stage;
  return other ? { stage: other.name, atRate: figuresOf(other).serviceRate } : null;
}

/** A cap keeps the stage too slow, or the producers are slowed down instead: nothing more flows on. */
const mostlyStays = ({ kind, instances, drainSeconds }: Recommendation) =>
  kind === 'limit-producer' || (kind === 'scale-out' && instances !== null && drainSeconds === null);

/** Every stage that gets what this one puts out, nearest first, itself left out. */
export function downstream(start: StageNode, stages: readonly StageNode[]): StageNode[] {
  const found: StageNode[] = [start];
  for (const stage of found) {
    const readers = stages.filter(({ inputs }) => inputs.some((queue) => stage.outputs.includes(queue)));
    found.push(...readers.filter((reader) => !found.includes(reader)));
  }
  return found.slice(1);
}
