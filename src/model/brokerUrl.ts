import type { System } from './sweep';

export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';

/** TLS material as file paths; an empty object means TLS with the system's authorities. */
export interface TlsFiles {
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
  serverName?: string | undefined;
}

/** One broker to read, whether it came from a URL, a pipeline file or the editor's settings. */
export interface BrokerConfig {
  name: string;
  system: System;
  /** Lower case, without the colon: kafka, kafkas, amqp, redis+cluster, demo … */
  scheme: string;
  /** The URL without user, password and query: what may be shown, logged and recorded. */
  url: string;
  hosts: { host: string; port: number }[];
  username: string | null;
  password: string | null;
  /** After the host, decoded, without the leading slash: virtual host, database, scenario, metrics path. */
  path: string;
  tls: TlsFiles | null;
  sasl: { mechanism: SaslMechanism; username: string; password: string } | null;
  /** RabbitMQ: the management API, with its own credentials where it carries some. */
  management: string | null;
  /** NATS: the monitoring address. */
  monitoring: string | null;
  /** RabbitMQ: the prometheus plugin. */
  prometheus: string | null;
  region: string | null;
  /** AWS: a profile of its own files, in place of the default chain. */
  profile?: string | null | undefined;
  /** NATS: a credentials file. */
  credentials: string | null;
  /** Kafka: regular expressions for the names of what is read; absent: everything. */
  filters?: NameFilters | undefined;
}

/** Regular expressions; null chooses every name. */
export interface NameFilters {
  topics: string | null;
  groups: string | null;
}

/** A URL that names no broker; the message says what is wrong with it and never repeats a password. */
export class BrokerUrlError extends Error {
  override name = 'BrokerUrlError';
}

interface Scheme {
  system: System;
  /** Where none is given. */
  port: number;
  tls?: true;
}

const schemes: Record<string, Scheme> = {
  kafka: { system: 'kafka', port: 9092 },
  kafkas: { system: 'kafka', port: 9093, tls: true },
  amqp: { system: 'rabbitmq', port: 5672 },
  amqps: { system: 'rabbitmq', port: 5671, tls: true },
  redis: { system: 'redis', port: 6379 },
  rediss: { system: 'redis', port: 6379, tls: true },
  'redis+cluster': { system: 'redis', port: 6379 },
  'redis+sentinel': { system: 'redis', port: 26379 },
  nats: { system: 'nats', port: 4222 },
  sqs: { system: 'aws_sqs', port: 443, tls: true },
  'sqs+http': { system: 'aws_sqs', port: 80 },
  'sqs+https': { system: 'aws_sqs', port: 443, tls: true },
  'prometheus+http': { system: 'prometheus', port: 80 },
  'prometheus+https': { system: 'prometheus', port: 443, tls: true },
  'metrics+http': { system: 'prometheus', port: 80 },
  'metrics+https': { system: 'prometheus', port: 443, tls: true },
  demo: { system: 'demo', port: 0 },
};
const mechanisms: readonly string[] = ['plain', 'scram-sha-256', 'scram-sha-512'];

/** Is this one of the SASL mechanisms we can speak? Compared in lower case. */
export const isSaslMechanism = (name: string): name is SaslMechanism => mechanisms.includes(name);

/** A URL taken apart, nothing of it decoded. */
interface UrlParts {
  /** The whole, as it was given. */
  text: string;
  scheme: string;
  kind: Scheme;
  authority: string;
  path: string;
  rawQuery: string;
  query: URLSearchParams;
}

type OfQuery = Omit<BrokerConfig, 'url'>;

/**
 * Reads a broker URL (CONTRACTS.md, command line). The broker is named after its system until the caller renames it.
 * @throws {BrokerUrlError} with one clear sentence
 */
export function parseBrokerUrl(text: string): BrokerConfig {
  const parts = takeApart(text);
  const base = ofQuery(parts);
  if (parts.scheme === 'demo') return simulated(parts, base);
  if (parts.scheme === 'sqs') return inRegion(parts, base);
  return atHosts(parts, base);
}

function takeApart(text: string): UrlParts {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):(?:\/\/)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(text.trim());
  if (!match) throw new BrokerUrlError('a broker URL begins with its kind, such as kafka://host:9092');
  const [, rawScheme = '', authority = '', path = '', rawQuery = ''] = match;
  const scheme = rawScheme.toLowerCase();
  const kind = schemes[scheme];
  if (!kind) {
    throw new BrokerUrlError(
      `unknown kind of broker "${scheme}:"; known are ${Object.keys(schemes)
        .map((s) => `${s}:`)
        .join(' ')}`,
    );
  }
  return { text, scheme, kind, authority, path, rawQuery, query: new URLSearchParams(rawQuery) };
}

const ofQuery = ({ scheme, kind: { system }, query }: UrlParts): OfQuery => ({
  name: system,
  system,
  scheme,
  hosts: [],
  username: null,
  password: null,
  path: '',
  tls: null,
  sasl: null,
  management: query.get('management'),
  monitoring: query.get('monitoring'),
  prometheus: query.get('prometheus'),
  region: query.get('region'),
  ...(query.has('profile') && { profile: query.get('profile') }),
  credentials: query.get('credentials'),
});

function simulated({ authority, path }: UrlParts, base: OfQuery): BrokerConfig {
  const scenario = decode(authority + path, 'scenario').replace(/^\/+/, '');
  return { ...base, url: scenario ? `demo:${scenario}` : 'demo:', path: scenario };
}

function inRegion({ authority }: UrlParts, base: OfQuery): BrokerConfig {
  if (!/^[a-z0-9-]+$/.test(authority)) throw new BrokerUrlError('an SQS URL names a region: sqs://eu-west-1');
  return { ...base, url: `sqs://${authority}`, region: authority };
}

function atHosts({ text, scheme, kind, authority, path, rawQuery, query }: UrlParts, base: OfQuery): BrokerConfig {
  const at = authority.lastIndexOf('@');
  // What stands before a slash is shown below, so it must not be half a password.
  if (at < 0 && isCutPassword(authority, text)) {
    throw new BrokerUrlError('a user name or password holds a "/", "?" or "#": write it as %2F, %3F or %23');
  }
  const { username, password } = parseUser(at < 0 ? '' : authority.slice(0, at));
  const hosts = authority
    .slice(at + 1)
    .split(',')
    .map((host) => parseHost(host, kind.port));
  const shown = hosts.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join(',');
  return {
    ...base,
    url: `${scheme}://${shown}${path === '/' ? '' : path}`,
    hosts,
    username,
    password,
    path: decode(path.replace(/^\//, ''), 'path'),
    tls: kind.tls || query.has('ca') || query.has('cert') ? tlsFilesOf(query) : null,
    sasl: parseSasl(query.get('sasl'), kind.system, username, password),
    ...(kind.system === 'kafka' && {
      filters: parseFilters(expression(rawQuery, 'topics'), expression(rawQuery, 'groups')),
    }),
  };
}

const tlsFilesOf = (query: URLSearchParams): TlsFiles => ({
  ca: query.get('ca') ?? undefined,
  cert: query.get('cert') ?? undefined,
  key: query.get('key') ?? undefined,
  serverName: query.get('serverName') ?? undefined,
});

/** A parameter that is a regular expression: URLSearchParams would make blanks of its plus signs. */
function expression(rawQuery: string, name: string): string | null {
  const pair = rawQuery.split('&').find((part) => part.startsWith(`${name}=`));
  return pair === undefined ? null : decode(pair.slice(name.length + 1), name);
}

const longestFilter = 200;

function parseFilters(topics: string | null, groups: string | null): NameFilters | undefined {
  for (const [what, text] of Object.entries({ topics, groups })) {
    if (text === null) continue;
    if (text.length > longestFilter)
      throw new BrokerUrlError(`${what}: an expression may have ${longestFilter} characters`);
    try {
      new RegExp(text, 'u');
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error);
      throw new BrokerUrlError(`${what}: "${text}" is no regular expression: ${why}`);
    }
  }
  return topics === null && groups === null ? undefined : { topics, groups };
}

function parseUser(info: string): { username: string | null; password: string | null } {
  if (info === '') return { username: null, password: null };
  if (info.includes('@')) throw new BrokerUrlError('a user name or password holds an "@": write it as %40');
  const colon = info.indexOf(':');
  return {
    username: decode(colon < 0 ? info : info.slice(0, colon), 'user name'),
    password: colon < 0 ? null : decode(info.slice(colon + 1), 'password'),
  };
}

/** Is this no host and port, with an `@` after what ended it? */
const isCutPassword = (authority: string, text: string) =>
  /:(?!\d+(,|$))[^,\]]*$/.test(authority) && text.includes('@');

function parseHost(text: string, defaultPort: number): { host: string; port: number } {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]*))(?::(.*))?$/.exec(text);
  const host = match?.[1] ?? match?.[2] ?? '';
  if (!match || host === '')
    throw new BrokerUrlError(text === '' ? 'the URL names no host' : `"${text}" is no host:port`);
  if (match[3] === undefined) return { host, port: defaultPort };
  const port = /^\d+$/.test(match[3]) ? Number(match[3]) : NaN;
  if (!(port >= 1 && port <= 65_535)) throw new BrokerUrlError(`"${match[3]}" is no port; ports go from 1 to 65535`);
  return { host, port };
}

function parseSasl(
  mechanism: string | null,
  system: System,
  username: string | null,
  password: string | null,
): BrokerConfig['sasl'] {
  if (system !== 'kafka' || (mechanism === null && username === null)) return null;
  const wanted = (mechanism ?? 'plain').toLowerCase();
  if (!isSaslMechanism(wanted))
    throw new BrokerUrlError(`unknown SASL mechanism "${wanted}"; known are ${mechanisms.join(', ')}`);
  if (username === null)
    throw new BrokerUrlError(`SASL needs a user name: kafka://user:password@host:9092?sasl=${wanted}`);
  return { mechanism: wanted, username, password: password ?? '' };
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BrokerUrlError(`the ${what} holds a "%" that begins no escape: write it as %25`);
  }
}

/**
 * The virtual host or database that the URL names, null where it names none. A sentinel's path is `MASTER/DATABASE`, with
 * the database after the first slash.
 */
export function namespaceOf({ system, scheme, path }: Pick<BrokerConfig, 'system' | 'scheme' | 'path'>): string | null {
  if (system !== 'rabbitmq' && system !== 'redis') return null;
  const name = scheme === 'redis+sentinel' ? path.split('/', 2)[1] : path;
  return name === undefined || name === '' ? null : name;
}

/** Names brokers given only by URL after their system: `kafka`, then `kafka-2` (CONTRACTS.md, Identity). */
export function nameBrokers(configs: readonly BrokerConfig[]): BrokerConfig[] {
  const seen = new Map<string, number>();
  return configs.map((config) => {
    const n = (seen.get(config.system) ?? 0) + 1;
    seen.set(config.system, n);
    return { ...config, name: n === 1 ? config.system : `${config.system}-${n}` };
  });
}
