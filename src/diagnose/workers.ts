import type { Trouble } from './bottleneck';
import type { StageFigures } from './stages';

/** Instances that have something to read, since a partition is read by one of them only; null when not known. */
export function workersOf({ queue }: Trouble, figures: StageFigures | null): number | null {
  if (figures?.instances == null) return null;
  return Math.min(figures.instances, queue?.facts.latest.partitions?.length ?? Infinity);
}

/** μ₁: messages per second that one working instance does, as seen, else by the file; null when neither tells. */
export function ratePerWorker(trouble: Trouble, figures: StageFigures | null): number | null {
  const workers = workersOf(trouble, figures);
  const seen = figures?.serviceRate && workers ? figures.serviceRate / workers : null;
  return seen ?? trouble.stage?.file?.ratePerInstance ?? null;
}
