import type { BrokerConfig } from '../../model/brokerUrl';
import type { BrokerReading } from '../../model/sweep';
import type { HttpReader } from '../http';
import type { Questions } from '../questions';
import type { OpenSource, Source, SourceOptions, SourceReading, SweepRequest } from '../source';
import { PrometheusApi } from './api';
import { connect } from './connect';
import { readInstant, rowsOf } from './read';
import { notApplicable } from './rows';

export { pastSweeps, type PastSpan } from './past';

/** Figures of queues and stages by PromQL from a Prometheus. Connects on the first sweep. */
export const open: OpenSource = (config, options) => new PrometheusSource(config, options);

const stepsOnly: Questions = { queues: [], stages: [], steps: true };

class PrometheusSource implements Source {
  private http: HttpReader | null = null;
  private readonly questions: Questions;

  constructor(
    readonly config: BrokerConfig,
    { questions }: SourceOptions,
  ) {
    this.questions = questions ?? stepsOnly;
  }

  async sweep({ signal, callTimeoutMs }: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    const http = (this.http ??= await connect(this.config));
    const before = { requests: http.requests, bytes: http.bytes };
    const api = new PrometheusApi(http, signal, callTimeoutMs);
    const roundTripSeconds = await timed(() => api.instant('1'));
    const answers = await readInstant(this.questions, (query) => api.instant(query));
    const broker: BrokerReading = {
      ...{ name: this.config.name, system: this.config.system, url: this.config.url },
      ...{ state: 'ok', error: null, pressure: [], alarms: [], roundTripSeconds, notApplicable: [...notApplicable] },
      sweep: {
        seconds: (performance.now() - began) / 1000,
        requests: http.requests - before.requests,
        bytes: http.bytes - before.bytes,
      },
    };
    return { broker, ...rowsOf(this.questions, answers), steps: [] };
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
