import type { Bottleneck, Recommendation, Report, StageReport } from '../model/report';
import type { Trouble } from './bottleneck';
import { flowAfter, mostShort, type FlowChange } from './flow';
import type { StageNode } from './topology';
import { ratePerWorker, workersAmong, workersOf } from './workers';

/**
 * Where the bottleneck moves once the recommendation is followed: the flow is run again with the change. Null when
 * nothing moves.
 */
export function nextLimit(
  trouble: Trouble,
  first: Recommendation | undefined,
  figures: StageReport | null,
  report: Pick<Report, 'stages' | 'queues'>,
): Bottleneck['next'] {
  if (!trouble.stage || !first || trouble.inputRate === null || mostlyStays(first)) return null;
  const capacity = capacityAfter(trouble, first, figures);
  return limitAfter(report, { stage: trouble.stage.name, capacity, limit: null });
}

/**
 * The stage that limits after a change: the one most short of capacity, else the nearest behind the change whose capacity
 * has never been seen, else null.
 */
export function limitAfter(report: Pick<Report, 'stages' | 'queues'>, change: FlowChange): Bottleneck['next'] {
  const demands = flowAfter(report, change);
  const short = mostShort(demands);
  if (short) {
    return { stage: short.stage.name, atRate: short.stage.name === change.stage ? change.capacity : short.capacity };
  }
  const changed = report.stages.find(({ name }) => name === change.stage);
  const later = changed ? behind(changed, readersAmong(report.stages)) : [];
  const unseen = later.find((stage) => demands.some((one) => one.stage === stage && one.capacity === null));
  return unseen ? { stage: unseen.name, atRate: null } : null;
}

/** Messages per second that the stage can do with the advice; more than anybody asks where no figure of it tells. */
function capacityAfter(trouble: Trouble, advice: Recommendation, figures: StageReport | null): number {
  const workers = workersOf(trouble, figures);
  const { instances, targetSecondsPerMessage, partitions } = advice;
  if (targetSecondsPerMessage && workers && advice.kind !== 'batch') return workers / targetSecondsPerMessage;
  const pace = ratePerWorker(trouble, figures);
  const working = workersAmong(instances, partitions ?? trouble.queue?.report.partitions ?? null);
  return pace && working ? working * pace : Infinity;
}

/** A cap keeps the stage too slow, or the producers are slowed down instead: nothing more flows on. */
const mostlyStays = ({ kind, instances, drainSeconds }: Recommendation) =>
  kind === 'limit-producer' || (kind === 'scale-out' && instances !== null && drainSeconds === null);

const readersAmong = (stages: readonly StageReport[]) => (writer: StageReport) =>
  stages.filter(({ consumes }) => writer.produces.some((id) => consumes.includes(id)));

/** Every stage that gets what this one puts out, nearest first, itself left out. */
export const downstream = (start: StageNode): StageNode[] =>
  behind(start, ({ outputs }) => outputs.flatMap(({ readers }) => readers));

function behind<Stage>(start: Stage, readersOf: (writer: Stage) => readonly Stage[]): Stage[] {
  const found = new Set([start]);
  for (const stage of found) for (const reader of readersOf(stage)) found.add(reader);
  return [...found].slice(1);
}
