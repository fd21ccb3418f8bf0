import type { BrokerConfig } from '../../model/brokerUrl';
import { HttpReader, type HttpEnd } from '../http';
import type { SweepRequest } from '../source';
import { limited } from '../within';
import type { ApiDepth } from './depths';
import { DetailedPage, DetailedQueues } from './detailedPage';

/** What is asked for side by side, since the node makes each page with one process: lengths, and who consumes. */
const families = ['queue_coarse_metrics', 'queue_consumer_count'];

/** Pages of the prometheus plugin that have every queue by name. */
export class DetailedMetrics {
  private readonly http: HttpReader;
  private known = new DetailedQueues();

  /** @throws {TypeError} when the configured address is no URL */
  constructor(config: BrokerConfig) {
    const host = config.hosts[0]?.host ?? '127.0.0.1';
    const shown = host.includes(':') ? `[${host}]` : host;
    this.http = new HttpReader(new URL(config.prometheus ?? `http://${shown}:15692`), null, {}, families.length);
  }

  /**
   * What every queue holds; null where the plugin does not answer so. At 10,000 queues the pages are 4 MB, and come in a
   * tenth of the time that the management API needs for its list.
   * @param timeoutMs how long it may take
   */
  async read(
    { signal }: SweepRequest,
    timeoutMs: number,
  ): Promise<{ queues: ApiDepth[]; requests: number; bytes: number } | null> {
    const { known } = this;
    // What is given up may still be read to its end.
    this.known = new DetailedQueues();
    try {
      const answers = await limited(timeoutMs, signal, (limit) =>
        Promise.all(families.map((family) => this.readPage(family, new DetailedPage(known), limit))),
      );
      const queues = known.take();
      if (queues.length === 0 || answers.some(({ status }) => status !== 200)) return null;
      this.known = known;
      return { queues, requests: answers.length, bytes: answers.reduce((sum, { bytes }) => sum + bytes, 0) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      return null;
    }
  }

  private readPage(family: string, page: DetailedPage, limit: AbortSignal): Promise<HttpEnd> {
    const url = new URL(`metrics/detailed?family=${family}`, `${this.http.base.origin}/`);
    return this.http.get(url, 'text/plain', limit, (text) => page.feed(text));
  }

  close(): void {
    this.http.close();
  }
}
