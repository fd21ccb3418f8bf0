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
  const later = downstream(stage, stages).map((node) => ({ name: node.name, ...figuresOf(node) }));
  const limit = limitAmong(later, { now: processingRate, then: inputRate });
  if (limit) return limit;
  const other = others.find((next) => next !== trouble && next.stage !== null)?.stage;
  return other ? { stage: other.name, atRate: figuresOf(other).serviceRate } : null;
}

/** What is asked of a stage behind the change: its name, and what flows in and could be done, messages per second. */
export interface LaterStage {
  name: string;
  inputRate: number | null;
  serviceRate: number | null;
}

/**
 * The stage that limits once the flow changes: the one with the least capacity among those for which its share of the
 * flow is too much, else the nearest whose capacity has never been seen, else null.
 * @param later nearest first
 * @param flow messages per second that the changed stage puts through now and then
 */
export function limitAmong(
  later: readonly LaterStage[],
  flow: { now: number | null; then: number },
): Bottleneck['next'] {
  let nearestUnseen: string | null = null;
  let tightest: { stage: string; atRate: number } | null = null;
  for (const { name, inputRate, serviceRate } of later) {
    const asked = flow.now && inputRate !== null ? (inputRate * flow.then) / flow.now : flow.then;
    if (serviceRate === null) nearestUnseen ??= name;
    else if (serviceRate < asked && serviceRate < (tightest?.atRate ?? Infinity)) {
      tightest = { stage: name, atRate: serviceRate };
    }
  }
  return tightest ?? (nearestUnseen === null ? null : { stage: nearestUnseen, atRate: null });
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
