import {
  credsAuthenticator,
  type ConnectionOptions,
  type NatsConnection,
  type TlsOptions,
} from '@nats-io/transport-node';
import { readFile } from 'node:fs/promises';
import type { BrokerConfig, TlsFiles } from '../../model/brokerUrl';
import { SourceError } from '../source';
import { tlsOptions } from '../tls';
import { limited, within } from '../within';
import { connectBounded } from './boundedTransport';
import { natsError } from './errors';
import { greeted } from './greeting';

/**
 * Connects to one of the hosts, or says why not. The client's own time-out is for each host, so the whole of it has a
 * deadline here.
 * @throws {SourceError}
 */
export async function connectTo(config: BrokerConfig, timeoutMs: number, signal: AbortSignal): Promise<NatsConnection> {
  const began = performance.now();
  let connecting: Promise<NatsConnection> | undefined;
  try {
    const servers = await limited(timeoutMs, signal, (limit) => greeting(config.hosts, limit));
    connecting = connectBounded({ ...(await options(config)), servers, timeout: timeoutMs });
    return await within(connecting, timeoutMs - (performance.now() - began), signal, 'no answer');
  } catch (error) {
    // Made after all, it would be nobody's.
    void connecting?.then((connection) => connection.close()).catch(() => undefined);
    throw natsError(error);
  }
}

/** The first of the hosts where a NATS greets. @throws what went wrong with the first named where none does */
async function greeting(hosts: BrokerConfig['hosts'], signal: AbortSignal): Promise<string> {
  const asked = hosts.map(async (host) => {
    await greeted(host, signal);
    return host;
  });
  const { host, port } = await Promise.any(asked).catch(
    () => asked[0] ?? Promise.reject(new Error('no host is named')),
  );
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function options({ username, password, credentials, tls }: BrokerConfig): Promise<ConnectionOptions> {
  return {
    name: 'Backpressure Analyzer (only reads)',
    ...(username !== null && { user: username, pass: password ?? '' }),
    ...(credentials !== null && { authenticator: credsAuthenticator(await credentialsIn(credentials)) }),
    ...(tls && { tls: await tlsMaterial(tls) }),
    // The next sweep is the retry.
    reconnect: false,
  };
}

/** @throws {SourceError} `tls` for files that cannot be read or are no PEM */
async function tlsMaterial(files: TlsFiles): Promise<TlsOptions> {
  const { ca, cert, key } = await tlsOptions(files);
  const text = (pem: unknown) => ([pem].flat() as string[]).join('\n');
  return { ...(ca && { ca: text(ca) }), ...(cert && { cert: text(cert) }), ...(key && { key: text(key) }) };
}

/** @throws {SourceError} when the file cannot be read or holds something else */
async function credentialsIn(file: string): Promise<Buffer> {
  const text = await readFile(file).catch((error: unknown) => {
    const next = 'check the path and who may read it';
    throw new SourceError('denied', `the credentials file ${file} cannot be read`, next, { cause: error });
  });
  if (/BEGIN NATS USER JWT[^]*BEGIN USER NKEY SEED/.test(text.toString('latin1'))) return text;
  const next = 'name the .creds file that the operator gave out: a token and a seed';
  throw new SourceError('denied', `the credentials file ${file} holds no credentials of NATS`, next);
}
