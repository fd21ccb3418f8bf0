import { refMatches, type Pipeline, type QueueRef, type StageMetrics } from '../model/pipeline';

/** What a source that lists nothing by itself (a Prometheus, a metrics page) is asked for. */
export interface Questions {
  queues: readonly QueueRef[];
  stages: readonly StageQuestion[];
  /** Also the backpressure counters and histograms of steps. */
  steps: boolean;
}

/** What is asked of one stage. */
export interface StageQuestion {
  name: string;
  metrics: StageMetrics;
}

/** What a pipeline asks one broker. Without a pipeline only the steps, which are found by their names. */
export function questionsFor(pipeline: Pipeline | null, broker: string): Questions {
  if (!pipeline) return { queues: [], stages: [], steps: true };
  return {
    queues: queuesOf(pipeline, (ref) => ref.broker === broker),
    stages: stagesOf(pipeline, broker),
    steps: pipeline.stepsFrom === broker,
  };
}

/**
 * What a pipeline asks the Prometheus of its history about the past: its own queues, and those of other brokers for
 * which there is PromQL too. Null without a history.
 */
export function pastQuestions(pipeline: Pipeline): (Questions & { from: string }) | null {
  const { historyFrom: from } = pipeline;
  if (from === undefined) return null;
  const queues = queuesOf(pipeline, ({ broker, figures }) => broker === from || figures !== undefined);
  return { from, queues, stages: stagesOf(pipeline, from), steps: false };
}

/** Each queue once: by the reference that says how to ask for it, else by one that at least names it. */
function queuesOf({ stages }: Pipeline, wanted: (ref: QueueRef) => boolean): QueueRef[] {
  const refs = stages.flatMap(({ consumes, produces }) => [...consumes, ...produces]).filter(wanted);
  const chosen: QueueRef[] = [];
  for (const ref of [...refs.filter(({ figures }) => figures), ...refs]) {
    if (!chosen.some((other) => other.id === ref.id || refMatches(ref, other))) chosen.push(ref);
  }
  return chosen;
}

const stagesOf = ({ stages }: Pipeline, broker: string): StageQuestion[] =>
  stages.flatMap(({ name, metrics }) => (metrics?.from === broker ? [{ name, metrics }] : []));
