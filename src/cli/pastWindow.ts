import { unknown } from '../model/figure';
import type { Pipeline } from '../model/pipeline';
import { observe, type Observation } from '../model/series';
import type { Sweep } from '../model/sweep';
import { prometheusPast } from '../measure/open';
import { pastQuestions } from '../measure/questions';
import { brokerErrorOf } from '../measure/source';

/** How far back and how closely the past is read, seconds; defaults where null. */
export interface PastWindow {
  window: number | null;
  interval: number | null;
  /** Of each call. */
  timeout: number;
}

/** Prometheus scrapes a few times a minute: a trend needs ten of them. */
const defaultWindow = 600;
const closest = 15;
/** With fewer readings of a queue a trend is guessing. */
const leastReadings = 12;

/**
 * The window until now from the pipeline's history (`history.from`), so that nobody has to wait for one.
 * @param now milliseconds since the epoch
 * @param sweepNow reads every broker once: the end of the window
 * @returns null where the pipeline has no history, or a reason why it does not serve
 */
export async function pastObservation(
  pipeline: Pipeline,
  { window, interval, timeout }: PastWindow,
  now: number,
  sweepNow: () => Promise<Sweep>,
): Promise<Observation | { unusable: string } | null> {
  const questions = pastQuestions(pipeline);
  const config = pipeline.brokers.find(({ name }) => name === questions?.from);
  if (!questions || !config) return null;
  const seconds = window ?? defaultWindow;
  const stepSeconds = interval ?? Math.max(closest, seconds / 40);
  const calls = { callTimeoutMs: timeout * 1000, signal: new AbortController().signal };
  let past: Sweep[];
  try {
    past = await prometheusPast(config, questions, { from: now - seconds * 1000, to: now, stepSeconds }, calls);
  } catch (error) {
    return { unusable: brokerErrorOf(error).message };
  }
  const readings = (id: string) => past.filter(({ queues }) => queues.some((q) => q.id === id && q.backlog !== null));
  for (const { destination, id } of pipeline.stages.flatMap(({ consumes }) => consumes)) {
    const { length } = readings(id);
    if (length < leastReadings)
      return { unusable: `it has ${length} readings of ${destination}, ${leastReadings} are needed` };
  }
  return observe([...past, withCountersOf(past, await sweepNow(), config.name)]);
}

/**
 * A broker and the Prometheus that scrapes its exporter count from different moments, which would look like a leap: for
 * queues whose counters are in the past, only those are taken.
 */
function withCountersOf(past: readonly Sweep[], now: Sweep, from: string): Sweep {
  const counted = new Set(
    past.flatMap(({ queues }) =>
      queues.flatMap(({ id, broker, produced, consumed }) =>
        broker !== from && (produced ?? consumed) !== null ? [id] : [],
      ),
    ),
  );
  const why = unknown(`its counters are those of ${from}`);
  const queues = now.queues.map((queue) =>
    counted.has(queue.id)
      ? { ...queue, produced: null, consumed: null, missing: { ...queue.missing, produced: why, consumed: why } }
      : queue,
  );
  return { ...now, queues };
}
