import type { BrokerConfig } from '../../model/brokerUrl';
import type { HttpReader } from '../http';
import type { Questions } from '../questions';
import type { OpenSource, Source, SourceReading, SweepRequest } from '../source';
import { PrometheusApi } from './api';
import { connect } from './connect';
import { readInstant, rowsOf } from './read';
import type { Sample } from './page';
import { PageSource } from './pageSource';
import { brokerRow } from './rows';
import { stepQuery, stepReadings } from './steps';

export { pastSweeps, type PastSpan } from './past';
export { presentSeries } from './present';

const stepsOnly: Questions = { queues: [], stages: [], steps: true };

/** Figures of queues, stages and steps: by PromQL from a Prometheus, or from one page of metrics. Connects on the first sweep. */
export const open: OpenSource = (config, { questions = stepsOnly }) =>
  config.scheme.startsWith('metrics') ? new PageSource(config, questions) : new PrometheusSource(config, questions);

class PrometheusSource implements Source {
  private http: HttpReader | null = null;

  constructor(
    readonly config: BrokerConfig,
    private readonly questions: Questions,
  ) {}

  async sweep({ signal, callTimeoutMs }: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    const http = (this.http ??= await connect(this.config));
    const before = { requests: http.requests, bytes: http.bytes };
    const api = new PrometheusApi(http, signal, callTimeoutMs);
    const roundTripSeconds = await timed(() => api.instant('1'));
    const answers = await readInstant(this.questions, (query) => api.instant(query));
    const steps = this.questions.steps ? stepReadings(await this.stepSamples(api)) : [];
    const broker = brokerRow(this.config, roundTripSeconds, {
      seconds: (performance.now() - began) / 1000,
      requests: http.requests - before.requests,
      bytes: http.bytes - before.bytes,
    });
    return { broker, ...rowsOf(this.questions, answers), steps };
  }

  private async stepSamples(api: PrometheusApi): Promise<Sample[]> {
    const answer = await api.instant(stepQuery);
    if (!('data' in answer) || answer.data.resultType !== 'vector') return [];
    return answer.data.result.map(({ metric: { __name__: name = '', ...labels }, value: [, text] }) => ({
      ...{ name, labels },
      value: Number(text),
    }));
  }

  async close(): Promise<void> {
    this.http?.close();
    this.http = null;
    return Promise.resolve();
  }
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await call();
  return (performance.now() - began) / 1000;
}
