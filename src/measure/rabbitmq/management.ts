import type { ConnectionOptions } from 'node:tls';
import type { BrokerConfig } from '../../model/brokerUrl';
import { HttpReader } from '../http';

/** Calls at once: the node computes each list with one process. */
const callsAtOnce = 6;

/** Where the management API is and who asks. */
export interface ManagementAddress {
  /** Without credentials, ending in a slash: what may be shown. */
  base: string;
  username: string;
  password: string;
}

/**
 * The address by the configuration: its own (with its own credentials where it carries some), else port 15672 of the
 * broker (15671 with TLS) with the broker's credentials, guest:guest where there are none, as RabbitMQ's own clients do.
 * @throws {TypeError} when the configured address is no URL
 */
export function managementAddress(config: BrokerConfig): ManagementAddress {
  const host = config.hosts[0]?.host ?? '127.0.0.1';
  const shown = host.includes(':') ? `[${host}]` : host;
  const url = new URL(config.management ?? (config.tls ? `https://${shown}:15671` : `http://${shown}:15672`));
  const own = url.username !== '';
  return {
    base: `${url.origin}${url.pathname.replace(/\/*$/, '/')}`,
    username: own ? decodeURIComponent(url.username) : (config.username ?? 'guest'),
    password: own ? decodeURIComponent(url.password) : (config.password ?? 'guest'),
  };
}

/** An answer of the management API with the length of its body. */
export interface Answer {
  status: number;
  text: string;
  bytes: number;
}

/** One management API. Connections are kept between sweeps. */
export class Management {
  private readonly http: HttpReader;

  constructor(
    readonly address: ManagementAddress,
    tls: ConnectionOptions,
  ) {
    this.http = new HttpReader(new URL(address.base), address, tls, callsAtOnce);
  }

  /** @throws what Node's http throws, or the signal's reason */
  async get(path: string, signal: AbortSignal): Promise<Answer> {
    let text = '';
    const url = new URL(path, this.address.base);
    const { status, bytes } = await this.http.get(url, 'application/json', signal, (piece) => (text += piece));
    return { status, text, bytes };
  }

  close(): void {
    this.http.close();
  }
}
