import { request as httpRequest, Agent as HttpAgent } from 'node:http';
import { request as httpsRequest, Agent as HttpsAgent } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import type { BrokerConfig } from '../../model/brokerUrl';

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

export interface Answer {
  status: number;
  text: string;
  bytes: number;
}

/** GET, and nothing else, of one management API. Connections are kept between sweeps. */
export class Management {
  private readonly agent: HttpAgent;

  /** @param tls what a certificate is checked against; fetch() would take no authority of one's own */
  constructor(
    readonly address: ManagementAddress,
    tls: ConnectionOptions,
  ) {
    const keep = { keepAlive: true, maxSockets: 6 };
    this.agent = address.base.startsWith('https:') ? new HttpsAgent({ ...keep, ...tls }) : new HttpAgent(keep);
  }

  /** @throws what Node's http throws, or the signal's reason */
  get(path: string, signal: AbortSignal): Promise<Answer> {
    const url = new URL(path, this.address.base);
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const { username, password } = this.address;
    const credentials = Buffer.from(`${username}:${password}`).toString('base64');
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(signal.aborted ? (signal.reason as Error) : error);
      const headers = { authorization: `Basic ${credentials}`, accept: 'application/json' };
      const call = request(url, { agent: this.agent, headers, signal }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', fail);
        response.once('end', () => {
          const body = Buffer.concat(chunks);
          resolve({ status: response.statusCode ?? 0, text: body.toString('utf8'), bytes: body.length });
        });
      });
      call.once('error', fail);
      call.end();
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
