import { candidate, encoded, userInfo, withDefaults, type Candidate } from './candidate';
import { fromValue } from './urls';

/** One setting of a file. */
export interface Setting {
  name: string;
  value: string;
  /** From 1. */
  line: number;
}

/** Settings that together name one broker; each is a pattern for the setting's whole name. */
interface Family {
  scheme: string;
  port: number;
  host: RegExp;
  parts: { port: RegExp; user: RegExp; password: RegExp; path: RegExp };
}

const part = (prefix: string, names: string) => new RegExp(`^${prefix}[._-]?(?:${names})$`, 'i');
const family = (scheme: string, port: number, prefix: string): Family => ({
  scheme,
  port,
  host: part(prefix, 'host(?:name)?'),
  parts: {
    port: part(prefix, 'port'),
    user: part(prefix, 'user(?:name)?'),
    password: part(prefix, 'pass(?:word)?'),
    path: part(prefix, 'vhost|virtual-host|virtualhost|db|database'),
  },
});
const families: readonly Family[] = [
  family('redis', 6379, '(?:spring\\.(?:data\\.)?|\\w+_)?redis'),
  family('amqp', 5672, '(?:spring\\.|\\w+_)?(?:rabbitmq|rabbit|amqp)'),
  family('nats', 4222, '(?:\\w+_)?nats'),
];

/** The brokers that a list of settings names: by a URL or a list of servers in one of them, or by host, port and user apart. */
export function fromSettings(settings: readonly Setting[]): Candidate[] {
  return [
    ...settings.flatMap(({ name, value, line }) => fromValue(name, value, line)),
    ...families.flatMap((each) => fromFamily(each, settings)),
  ];
}

function fromFamily({ scheme, port, host, parts }: Family, settings: readonly Setting[]): Candidate[] {
  const named = settings.find(({ name }) => host.test(name));
  if (!named) return [];
  const value = (pattern: RegExp) => {
    const text = withDefaults(settings.find(({ name }) => pattern.test(name))?.value ?? '').trim();
    return text === '' || text.includes('$') ? undefined : text;
  };
  const path = value(parts.path);
  const address = `${withDefaults(named.value).trim()}:${value(parts.port) ?? port}`;
  const rest = path === undefined || path === '/' ? '' : `/${encoded(path)}`;
  const url = `${scheme}://${userInfo(value(parts.user), value(parts.password))}${address}${rest}`;
  return candidate(url, named.name, named.line);
}
