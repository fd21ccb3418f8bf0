import { defaultObjectives, type Pipeline } from '../../model/pipeline';
import type { CauseKind, Report, StageReport } from '../../model/report';
import { instancesFor } from '../capacity';
import { inputsOf, situationOf } from '../whatIf';

/** What decides which strategy fits: measured, and declared in the pipeline file. */
export interface Character {
  /** The stage that is looked at: the worst bottleneck, else the busiest. */
  stage: string;
  isBottleneck: boolean;
  cause: CauseKind | null;
  /** Some stage of the pipeline may lose nothing. */
  critical: boolean;
  /** Its messages must not be lost. So it is where the file does not say otherwise. */
  durable: boolean;
  ordered: boolean;
  burst: boolean;
  /** Its queue has a limit. */
  bounded: boolean;
  /** More instances would find work. */
  canScale: boolean;
  severalInputs: boolean;
  /** λ, messages per second. */
  arrivalRate: number | null;
  /** What it can do now, messages per second. */
  capacity: number | null;
  backlog: number | null;
  instances: number | null;
  /** For the objectives, after the caps. */
  instancesNeeded: number | null;
  /** Money per month for those. */
  cost: number | null;
  /** 0…1. */
  targetUtilisation: number;
  maxAgeSeconds: number;
}

/** More of them would not read the one partition, or would only ask the same slow service. */
const causesThatInstancesLeave = new Set<CauseKind>([
  'hot-partition',
  'downstream-wait',
  'rebalance-loop',
  'redelivery-loop',
]);

/** The character of the pipeline at its tightest stage; null when no stage consumes anything. */
export function characterOf(
  report: Pick<Report, 'stages' | 'queues' | 'bottlenecks'>,
  pipeline: Pipeline | null,
): Character | null {
  const worst = report.bottlenecks.find(({ stage }) => stage !== null);
  const stage = report.stages.find(({ name }) => name === worst?.stage) ?? busiest(report.stages);
  if (!stage) return null;
  const file = pipeline?.stages.find(({ name }) => name === stage.name) ?? null;
  const objectives = pipeline?.objectives ?? defaultObjectives;
  const situation = situationOf(report, stage, file);
  const { arrivalRate, backlog, ratePerInstance, mostWorkers } = situation;
  const inputs = inputsOf(report, stage);
  const need =
    arrivalRate !== null && backlog !== null && ratePerInstance
      ? instancesFor({ arrivalRate, backlog, ratePerInstance }, objectives.drainSeconds, objectives.utilisation, {
          partitions: mostWorkers,
          maxInstances: file?.maxInstances ?? null,
        })
      : null;
  const cause = worst?.cause.kind ?? null;
  const isFull = need !== null && stage.instances !== null && need.instances <= stage.instances;
  return {
    ...{ stage: stage.name, isBottleneck: worst !== undefined, cause, arrivalRate, backlog },
    critical: pipeline?.stages.some(({ critical }) => critical) ?? false,
    durable: file?.durable ?? true,
    ordered: file?.ordered ?? false,
    burst: cause === 'publisher-burst',
    bounded: inputs.some(({ capacity }) => capacity !== null),
    canScale: !(cause !== null && causesThatInstancesLeave.has(cause)) && !(worst && isFull),
    severalInputs: inputs.length > 1,
    capacity: stage.serviceRate,
    instances: stage.instances,
    instancesNeeded: need?.instances ?? null,
    cost: need && file?.costPerInstance != null ? need.instances * file.costPerInstance : null,
    targetUtilisation: objectives.utilisation,
    maxAgeSeconds: objectives.maxAgeSeconds,
  };
}

function busiest(stages: readonly StageReport[]): StageReport | undefined {
  return stages
    .filter(({ consumes }) => consumes.length > 0)
    .toSorted(
      (a, b) => (b.utilisation ?? -1) - (a.utilisation ?? -1) || (b.processingRate ?? 0) - (a.processingRate ?? 0),
    )[0];
}
