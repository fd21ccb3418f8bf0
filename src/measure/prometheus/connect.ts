import type { BrokerConfig } from '../../model/brokerUrl';
import { HttpReader } from '../http';
import { tlsOptions } from '../tls';

/** Queries at once: Prometheus evaluates 20 side by side by default (`query.max-concurrency`), and is not ours alone. */
export const queriesAtOnce = 8;

/** Where the Prometheus or the page of a configuration is, ready to be read. @throws {SourceError} `tls` for bad files */
export async function connect({ hosts, username, password, path, tls, scheme }: BrokerConfig): Promise<HttpReader> {
  const { host = '127.0.0.1', port = 80 } = hosts[0] ?? {};
  const shown = host.includes(':') ? `[${host}]` : host;
  const secure = scheme.endsWith('https');
  const base = new URL(`${secure ? 'https' : 'http'}://${shown}:${port}/`);
  // A query is asked below the path, as Mimir and Thanos have one; a page is the path itself.
  base.pathname = scheme.startsWith('metrics') ? path : `${path.replace(/\/*$/, '')}/`;
  const credentials = username === null ? null : { username, password: password ?? '' };
  return new HttpReader(base, credentials, secure && tls ? await tlsOptions(tls) : {}, queriesAtOnce);
}
