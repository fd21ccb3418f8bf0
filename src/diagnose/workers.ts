import type { Trouble } from './bottleneck';
import type { StageFigures } from './stages';

/** Instances that have something to read, since a partition is read by one of them only; null when not known. */
export const workersAmong = (instances: number | null, partitions: number | null) =>
  instances === null ? null : Math.min(instances, partitions ?? Infinity);

/** μ₁: messages per second of one of the workers that together did `serviceRate`, else by the file; null for neither. */
export const rateOfOne = (serviceRate: number | null, workers: number | null, declared: number | null) =>
  serviceRate && workers ? serviceRate / workers : declared;

/** Instances of the stage in trouble that have something to read; null when not known. */
export const workersOf = ({ queue }: Trouble, figures: StageFigures | null): number | null =>
  workersAmong(figures?.instances ?? null, queue?.report.partitions ?? null);

/** μ₁: messages per second that one working instance does, as seen, else by the file; null when neither tells. */
export const ratePerWorker = (trouble: Trouble, figures: StageFigures | null): number | null =>
  rateOfOne(figures?.serviceRate ?? null, workersOf(trouble, figures), trouble.stage?.file?.ratePerInstance ?? null);
