import { analyze } from '../../src/diagnose/analyze';
import { defaultObjectives, type Pipeline } from '../../src/model/pipeline';
import { report as schema, type Report } from '../../src/model/report';
import type { WholeObservation } from '../../src/model/series';
import { watched, type QueueOverTime, type Watching } from './observations';

export interface Analyzing extends Watching {
  /** What was read of the stages; absent: nothing. */
  stages?: WholeObservation['stages'];
  /** From the end of the window to now, seconds. */
  later?: number;
}

/**
 * The report on queues over a window, held against its schema.
 * @throws ZodError when the report breaks its contract
 */
export function analyzed(
  queues: QueueOverTime[],
  pipeline: Pipeline | null = null,
  { stages = [], later = 0, ...watching }: Analyzing = {},
): Report {
  const observation = { ...watched(queues, watching), stages };
  return schema.parse(
    analyze(observation, pipeline, { objectives: defaultObjectives, now: observation.to + later * 1000 }),
  );
}
