import { HttpReader } from '../http';
import { SourceError } from '../source';
import { limited } from '../within';
import { jsz, type Jsz, type StreamRead } from './api';
import type { NatsRead } from './jetStream';

/** One node's page of streams and consumers. It asks for no password, and reading it publishes nothing. */
export class Monitoring {
  readonly http: HttpReader;

  /** @throws {SourceError} when the address is no URL */
  constructor(address: string) {
    this.http = new HttpReader(addressOf(address), null, {}, 1);
  }

  /**
   * The streams of one account.
   * @param account its name; null where the server has one with JetStream only
   * @throws {SourceError} where the page cannot be read, or does not tell the whole of it
   */
  async read(account: string | null, timeoutMs: number, signal: AbortSignal): Promise<NatsRead> {
    const asked = performance.now();
    let text = '';
    const url = new URL('jsz?streams=1&consumers=1&config=1', this.http.base);
    await limited(timeoutMs, signal, (limit) =>
      this.http.get(url, 'application/json', limit, (piece) => (text += piece)),
    );
    const roundTripSeconds = (performance.now() - asked) / 1000;
    const page = jsz.safeParse(json(text)).data;
    if (!page) throw new SourceError('wrong-system', `${url.origin} is no monitoring page of NATS`, addressNext);
    return {
      streams: streamsOf(page, account),
      domain: page.config.domain ?? null,
      now: page.now,
      roundTripSeconds,
    };
  }

  close(): void {
    this.http.close();
  }
}

const addressNext = 'name the monitoring port, 8222 by default: ?monitoring=http://host:8222';

/** @throws {SourceError} where the page does not tell the whole of the account */
export function streamsOf({ account_details, meta_cluster }: Jsz, account: string | null): StreamRead[] {
  if ((meta_cluster?.cluster_size ?? 1) > 1) {
    throw new SourceError(
      'unsupported',
      'a node of a cluster knows only the consumers it leads',
      'leave the monitoring address out',
    );
  }
  const names = account_details.map(({ name }) => name);
  if (account === null && names.length > 1) {
    const next = `name the one to read after the host: nats://host/${names[0] ?? ''}`;
    throw new SourceError('unsupported', `there are several accounts: ${names.join(', ')}`, next);
  }
  const found = account_details.filter(({ name }) => account === null || name === account);
  return found.flatMap(({ stream_detail }) =>
    stream_detail.map((stream) => ({ stream, consumers: stream.consumer_detail ?? [] })),
  );
}

function addressOf(address: string): URL {
  try {
    const url = new URL(address);
    if (/^https?:$/.test(url.protocol)) return new URL(`${url.origin}${url.pathname.replace(/\/*$/, '/')}`);
  } catch {
    // Said below, without the text: it may hold a password.
  }
  throw new SourceError('unknown', 'the monitoring address is no URL', 'write it as http://host:8222');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
