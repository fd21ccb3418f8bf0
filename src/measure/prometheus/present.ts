import type { BrokerConfig } from '../../model/brokerUrl';
import { PrometheusApi, type QueryAnswer } from './api';
import { connect } from './connect';
import { askAll } from './read';

/** What a Prometheus has at this moment. */
export interface PresentSeries {
  /** Those of the selectors that matched series. */
  found: Set<string>;
  /** Names of the metrics of queues. */
  metrics: Set<string>;
}

/** Metrics of brokers and of the exporters that read them. */
const ofQueues = '{__name__=~"(kafka|kminion|burrow|rabbitmq|redis|jetstream|aws_sqs|backpressure)_.+"}';

/**
 * Asks a Prometheus which series it has.
 * @param selectors PromQL selectors, each asked once
 * @throws {SourceError} when no Prometheus answers
 */
export async function presentSeries(
  config: BrokerConfig,
  selectors: readonly string[],
  { callTimeoutMs, signal }: { callTimeoutMs: number; signal: AbortSignal },
): Promise<PresentSeries> {
  const http = await connect(config);
  try {
    const api = new PrometheusApi(http, signal, callTimeoutMs);
    const answers = await askAll(
      [...selectors.map((selector) => `count(${selector})`), `count by (__name__) (${ofQueues})`],
      (query) => api.instant(query),
      (reason): QueryAnswer => ({ refused: reason }),
    );
    const series = answers.map(vector);
    return {
      found: new Set(selectors.filter((_, i) => (series[i] ?? []).length > 0)),
      metrics: new Set((series.at(-1) ?? []).flatMap(({ __name__: name }) => (name === undefined ? [] : [name]))),
    };
  } finally {
    http.close();
  }
}

/** Labels of the series of an answer. */
const vector = (answer: QueryAnswer): Record<string, string>[] =>
  'data' in answer && answer.data.resultType === 'vector' ? answer.data.result.map(({ metric }) => metric) : [];
