import { HttpReader } from '../http';
import { parseJson } from '../json';
import { SourceError } from '../source';
import { limited } from '../within';
import { jsz, type Cluster, type Jsz, type StreamRead } from './api';
import type { NatsRead } from './jetStream';

/** The pages of streams and consumers, of one node or of all of a cluster. They ask for no password, and reading publishes nothing. */
export class Monitoring {
  private readonly nodes: readonly HttpReader[];

  /** @param addresses with commas between them @throws {SourceError} when one of them is no URL */
  constructor(addresses: string) {
    this.nodes = addresses.split(',').map((address) => new HttpReader(addressOf(address.trim()), null, {}, 1));
  }

  get requests(): number {
    return this.nodes.reduce((sum, { requests }) => sum + requests, 0);
  }

  /** Received. */
  get bytes(): number {
    return this.nodes.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * The streams of one account.
   * @param account its name; null where the server has one with JetStream only
   * @throws {SourceError} where a page cannot be read, or they do not tell the whole of it
   */
  async read(account: string | null, timeoutMs: number, signal: AbortSignal): Promise<NatsRead> {
    const asked = performance.now();
    const pages = await Promise.all(this.nodes.map((node) => readPage(node, timeoutMs, signal)));
    const roundTripSeconds = (performance.now() - asked) / 1000;
    const [first] = pages;
    return {
      streams: streamsOf(pages, account),
      domain: first?.config.domain ?? null,
      now: first?.now ?? null,
      roundTripSeconds,
    };
  }

  close(): void {
    for (const node of this.nodes) node.close();
  }
}

async function readPage(http: HttpReader, timeoutMs: number, signal: AbortSignal): Promise<Jsz> {
  const url = new URL('jsz?streams=1&consumers=1&config=1', http.base);
  let text = '';
  const take = (piece: string) => void (text += piece);
  await limited(timeoutMs, signal, (limit) => http.get(url, 'application/json', limit, take));
  const page = jsz.safeParse(parseJson(text)).data;
  if (!page) throw new SourceError('wrong-system', `${url.origin} is no monitoring page of NATS`, addressNext);
  return page;
}

const addressNext = 'name the monitoring port, 8222 by default: ?monitoring=http://host:8222';

/**
 * Each stream and consumer as its leader tells it: the others know neither what is pending nor what was handed out.
 * @throws {SourceError} where the pages do not tell the whole of the account
 */
export function streamsOf(pages: readonly Jsz[], account: string | null): StreamRead[] {
  const nodes = Math.max(1, ...pages.map(({ meta_cluster }) => meta_cluster?.cluster_size ?? 1));
  if (pages.length < nodes) {
    throw new SourceError(
      'unsupported',
      'a node of a cluster knows only the consumers it leads',
      `name the monitoring addresses of all ${nodes} nodes with commas between them, or none`,
    );
  }
  const accounts = pages.flatMap(({ account_details }) => account_details);
  const names = [...new Set(accounts.map(({ name }) => name))];
  if (account === null && names.length > 1) {
    const next = `name the one to read after the host: nats://host/${names[0] ?? ''}`;
    throw new SourceError('unsupported', `there are several accounts: ${names.join(', ')}`, next);
  }
  const copies = accounts
    .filter(({ name }) => account === null || name === account)
    .flatMap(({ stream_detail }) => stream_detail);
  return ledOnly(copies, ({ config }) => config.name).map((stream) => {
    const consumers = copies
      .filter(({ config }) => config.name === stream.config.name)
      .flatMap(({ consumer_detail }) => consumer_detail ?? []);
    return { stream, consumers: ledOnly(consumers, ({ name }) => name) };
  });
}

/** Of each name the copy of the node that leads it. @throws {SourceError} where none does just now */
function ledOnly<T extends { cluster?: Cluster }>(copies: readonly T[], nameOf: (copy: T) => string): T[] {
  const led = new Map(copies.filter(leads).map((copy) => [nameOf(copy), copy]));
  const orphan = copies.map(nameOf).find((name) => !led.has(name));
  if (orphan === undefined) return [...led.values()];
  throw new SourceError('unsupported', `no node leads ${orphan} just now`, 'an election is under way');
}

/** A node does not count itself among the others. */
const leads = ({ cluster }: { cluster?: Cluster }): boolean =>
  !cluster || (cluster.leader !== undefined && !cluster.replicas.some(({ name }) => name === cluster.leader));

function addressOf(address: string): URL {
  try {
    const url = new URL(address);
    if (/^https?:$/.test(url.protocol)) return new URL(`${url.origin}${url.pathname.replace(/\/*$/, '/')}`);
  } catch {
    // Said below, without the text: it may hold a password.
  }
  throw new SourceError('unknown', 'the monitoring address is no URL', 'write it as http://host:8222');
}
