import { prometheusPast } from '../../measure/open';
import { pastQuestions, questionsFor, type Questions } from '../../measure/questions';
import type { Trace } from '../../measure/history';
import { limited } from '../../measure/within';
import type { BrokerConfig } from '../../model/brokerUrl';
import type { Pipeline } from '../../model/pipeline';
import { traceOf } from './series';

/** Where a queue's past beyond our own buffer can be asked for. */
export interface PastOf {
  config: BrokerConfig;
  questions: Questions;
}

const callTimeoutMs = 15_000;
/** As many points as a chart of that width can show. */
const points = 360;

/** The Prometheus that knows the past of a queue by the pipeline file; null where none does. */
export function pastOf(pipeline: Pipeline | null, queue: string, broker: string): PastOf | null {
  if (!pipeline) return null;
  const asked = pastQuestions(pipeline);
  const candidates = [
    ...(asked ? [{ from: asked.from, questions: asked }] : []),
    { from: broker, questions: questionsFor(pipeline, broker) },
  ];
  for (const { from, questions } of candidates) {
    const config = pipeline.brokers.find(({ name, system }) => name === from && system === 'prometheus');
    const ref = questions.queues.find(({ id }) => id === queue);
    if (config && ref) return { config, questions: { queues: [ref], stages: [], steps: false } };
  }
  return null;
}

/**
 * The queue's figures over the last so many seconds until now (milliseconds since the epoch).
 * @throws {SourceError} when the Prometheus does not answer
 */
export async function readPast(past: PastOf, queue: string, now: number, seconds: number): Promise<Trace> {
  const span = { from: now - seconds * 1000, to: now, stepSeconds: Math.max(10, Math.ceil(seconds / points)) };
  return limited(2 * callTimeoutMs, new AbortController().signal, async (signal) =>
    traceOf(await prometheusPast(past.config, past.questions, span, { signal, callTimeoutMs }), queue),
  );
}
