import type { BrokerConfig } from '../../model/brokerUrl';
import type { HttpReader } from '../http';
import type { Questions } from '../questions';
import { SourceError, type Source, type SourceReading, type SweepRequest } from '../source';
import { limited } from '../within';
import { connect } from './connect';
import { answerError, callError } from './errors';
import { PageError, PageReader, type Sample } from './page';
import { namesOf, pageRows, type PageCounters } from './pageFigures';
import { brokerRow } from './rows';

const accepted = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

/** Figures of queues, stages and steps from one page of metrics. Only what is asked for is kept of it. */
export class PageSource implements Source {
  private http: HttpReader | null = null;
  private readonly counters: PageCounters = new Map();

  constructor(
    readonly config: BrokerConfig,
    private readonly questions: Questions,
  ) {}

  async sweep({ at, signal, callTimeoutMs }: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    const http = (this.http ??= await connect(this.config));
    const before = http.bytes;
    const samples = await limited(callTimeoutMs, signal, (limit) => this.read(http, limit));
    const seconds = (performance.now() - began) / 1000;
    const broker = brokerRow(this.config, seconds, { seconds, requests: 1, bytes: http.bytes - before });
    return { broker, ...pageRows(this.questions, samples, this.counters, at) };
  }

  async close(): Promise<void> {
    this.http?.close();
    this.http = null;
    return Promise.resolve();
  }

  private async read(http: HttpReader, signal: AbortSignal): Promise<Sample[]> {
    const { href } = http.base;
    const isWanted = namesOf(this.questions);
    const samples: Sample[] = [];
    const page = new PageReader((sample) => {
      if (isWanted(sample.name)) samples.push(sample);
    });
    const take = (text: string, { status }: { status: number }) => {
      if (status !== 200) throw answerError(status, text, href, 'metrics page');
      page.feed(text);
    };
    try {
      const { status, type } = await http.get(http.base, accepted, signal, take);
      if (status !== 200) throw answerError(status, '', href, 'metrics page');
      page.end();
      if (type.includes('openmetrics') && !page.ended) throw new PageError('it ends without # EOF');
    } catch (error) {
      if (!(error instanceof PageError)) throw await callError(error, href, 'metrics page');
      const next = 'name the page that Prometheus would scrape: metrics+http://host:8000/metrics';
      throw new SourceError('wrong-system', `${href}: ${error.message}`, next, { cause: error });
    }
    return samples;
  }
}
