import type { Report, StageReport } from '../model/report';
import type { QueueNode, StageNode } from './topology';

/** Stages and the queues between them. */
export type Part = Pick<Report, 'stages' | 'queues'>;

/**
 * The part of a report that hangs together with a stage: what flows elsewhere has no bearing on it. Without a pipeline
 * file ten thousand consumer groups are as many parts.
 * @param reportOf the report's row of each stage
 */
export function connectedPart(start: StageNode, reportOf: ReadonlyMap<StageNode, StageReport>): Part {
  const [stages, queues] = [new Set([start]), new Set<QueueNode>()];
  for (const { inputs, outputs } of stages) {
    for (const queue of [...inputs, ...outputs]) {
      queues.add(queue);
      for (const user of [...queue.readers, ...queue.writers]) stages.add(user);
    }
  }
  return {
    stages: [...stages].flatMap((stage) => reportOf.get(stage) ?? []),
    queues: [...queues].map(({ report }) => report),
  };
}
