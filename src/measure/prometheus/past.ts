import type { BrokerConfig } from '../../model/brokerUrl';
import type { Sweep } from '../../model/sweep';
import type { Questions } from '../questions';
import { fillRates, type Counters } from '../rates';
import { unread, type Told } from '../told';
import { figureOf, PrometheusApi, seriesReason, type QueryAnswer } from './api';
import { connect } from './connect';
import { askAll, queriesOf, rowsOf } from './read';
import { brokerRow } from './rows';

/** Which past, and how closely. */
export interface PastSpan {
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
  /** Between two sweeps, seconds. */
  stepSeconds: number;
}

/** Prometheus gives at most 11,000 points for each series. */
const mostPoints = 10_000;

/** What a query gave at each step of the span. */
type Column = (step: number) => Told;

/**
 * The sweeps that we would have made, oldest first, from range queries; those at which nothing was known are left out.
 * @param callTimeoutMs for each query
 * @throws {SourceError} when no Prometheus answers
 */
export async function pastSweeps(
  config: BrokerConfig,
  questions: Questions,
  { from, to, stepSeconds }: PastSpan,
  { callTimeoutMs, signal }: { callTimeoutMs: number; signal: AbortSignal },
): Promise<Sweep[]> {
  const step = Math.max(stepSeconds, (to - from) / 1000 / mostPoints);
  const start = from / 1000;
  const http = await connect(config);
  try {
    const api = new PrometheusApi(http, signal, callTimeoutMs);
    const queries = queriesOf(questions);
    const ask = async (query: string) => columnOf(await api.range(query, { start, end: to / 1000, step }), start, step);
    const columns = await askAll(
      queries,
      ask,
      (reason): Column =>
        () =>
          unread(reason),
    );
    const steps = Math.floor((to / 1000 - start) / step + 1e-9) + 1;
    const counters: Counters = new Map();
    return Array.from({ length: steps }, (_, i) => {
      const at = Math.round((start + i * step) * 1000);
      const answers = new Map(queries.map((query, j) => [query, columns[j]?.(i) ?? nothingThen]));
      return sweepOf(config, at, rowsOf(questions, answers), counters);
    }).filter(tellsAnything);
  } finally {
    http.close();
  }
}

const nothingThen = unread('Prometheus has no sample of that time');

/** The answer of a range query by its steps. */
function columnOf(answer: QueryAnswer, start: number, step: number): Column {
  if ('refused' in answer) return () => unread(`Prometheus refuses its query: ${answer.refused}`);
  const result = answer.data.resultType === 'matrix' ? answer.data.result : [];
  const [only] = result;
  if (!only || result.length !== 1) return () => unread(seriesReason(result.length));
  const values = new Map(only.values.map(([at, text]) => [Math.round((at - start) / step), text]));
  return (i) => {
    const text = values.get(i);
    return text === undefined ? nothingThen : figureOf(text);
  };
}

function sweepOf(
  config: BrokerConfig,
  at: number,
  { queues, stages }: ReturnType<typeof rowsOf>,
  counters: Counters,
): Sweep {
  const broker = brokerRow(config, null, { seconds: 0, requests: 0, bytes: 0 });
  const filled = fillRates(queues, broker, counters, at);
  return { version: 1, at: new Date(at).toISOString(), brokers: [broker], queues: filled, stages, steps: [] };
}

const tellsAnything = ({ queues, stages }: Sweep) =>
  queues.some(({ backlog, produced, consumed }) => (backlog ?? produced ?? consumed) !== null) ||
  stages.some(({ processedRate, cpu, memory, network }) => (processedRate ?? cpu ?? memory ?? network) !== null);
