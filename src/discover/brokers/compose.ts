import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { candidate, encoded, userInfo, withDefaults, type Candidate } from './candidate';
import { lineOf } from './formats';

/** How a container's image tells what it is, and where it listens. */
interface Image {
  image: RegExp;
  /** Ports inside the container, what is taken first. */
  ports: readonly number[];
  url: (address: string, service: Service) => string;
}

interface Service {
  environment: ReadonlyMap<string, string>;
  command: string;
  /** The port of this machine on which a port of the container is published. */
  published: (inside: number) => number | null;
}

const images: readonly Image[] = [
  {
    image: /kafka(?!.*(?:ui|exporter|connect|rest|manager))|redpanda(?!.*console)/,
    ports: [9092, 9094, 29092, 19092, 9093],
    url: (at) => `kafka://${at}`,
  },
  { image: /rabbitmq(?!.*exporter)/, ports: [5672], url: rabbitmq },
  { image: /(?:redis|valkey|keydb|dragonfly)(?!.*(?:exporter|insight|commander))/, ports: [6379], url: redis },
  { image: /(?:^|\/)nats(?!.*(?:exporter|box|ui))/, ports: [4222], url: nats },
  { image: /elasticmq/, ports: [9324], url: (at) => `sqs+http://${at}` },
  { image: /localstack/, ports: [4566], url: (at) => `sqs+http://${at}` },
  { image: /prom\/prometheus/, ports: [9090], url: (at) => `prometheus+http://${at}` },
];

function rabbitmq(address: string, { environment, published }: Service): string {
  const management = published(15_672);
  const user = userInfo(environment.get('RABBITMQ_DEFAULT_USER'), environment.get('RABBITMQ_DEFAULT_PASS'));
  const host = environment.get('RABBITMQ_DEFAULT_VHOST');
  const path = host === undefined || host === '/' ? '' : `/${encoded(host)}`;
  const query = management === null || management === 15_672 ? '' : `?management=http://127.0.0.1:${management}`;
  return `amqp://${user}${address}${path}${query}`;
}

function redis(address: string, { environment, command }: Service): string {
  const password = environment.get('REDIS_PASSWORD') ?? /--requirepass[\s=]+["']?([^\s"']+)/.exec(command)?.[1];
  return `redis://${userInfo(undefined, password)}${address}`;
}

function nats(address: string, { published }: Service): string {
  const monitoring = published(8222);
  return `nats://${address}${monitoring === null ? '' : `?monitoring=http://127.0.0.1:${monitoring}`}`;
}

/** The brokers of a compose file that can be reached from this machine: those with a published port. */
export function fromCompose(text: string): Candidate[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const services = document.errors.length === 0 && isMap(document.contents) ? document.contents.get('services') : null;
  if (!isMap(services)) return [];
  return services.items.flatMap(({ key, value }) => {
    if (!isMap(value) || !isScalar(key)) return [];
    const image = textOf(value, 'image').toLowerCase();
    const kind = images.find((each) => each.image.test(image.replace(/[:@].*$/, '')));
    if (!kind) return [];
    const service = readService(value);
    const port = kind.ports.map(service.published).find((published) => published !== null);
    if (port == null) return [];
    return candidate(kind.url(`127.0.0.1:${port}`, service), String(key.value), lineOf(key, lines));
  });
}

function readService(service: YAMLMap): Service {
  const ports = listOf(service.get('ports')).flatMap(publishedPort);
  return {
    environment: environmentOf(service.get('environment')),
    command: listOf(service.get('command'), true).map(String).join(' '),
    published: (inside) => ports.find((port) => port.inside === inside)?.outside ?? null,
  };
}

/** `"5672:5672"`, `127.0.0.1:5673:5672/tcp` or `{ target, published }`. */
function publishedPort(entry: unknown): { outside: number; inside: number }[] {
  if (isMap(entry)) {
    const [outside, inside] = [Number(entry.get('published')), Number(entry.get('target'))];
    return outside > 0 && inside > 0 ? [{ outside, inside }] : [];
  }
  const match = /^(?:[\d.]+:)?(\d+):(\d+)(?:\/tcp)?$/.exec(withDefaults(String(entry)));
  return match ? [{ outside: Number(match[1]), inside: Number(match[2]) }] : [];
}

function environmentOf(node: unknown): Map<string, string> {
  const pairs: [string, string][] = isMap(node)
    ? node.items.map(({ key, value }) => [String(key), isScalar(value) ? String(value.value) : ''])
    : listOf(node).map((entry) => {
        const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(String(entry)) ?? [];
        return [name, value];
      });
  const known = pairs.map(([name, value]): [string, string] => [name, withDefaults(value)]);
  return new Map(known.filter(([, value]) => value !== '' && !value.includes('$')));
}

/** The entries of a list; scalars as their values. @param single also what is no list */
function listOf(node: unknown, single = false): unknown[] {
  if (isSeq(node)) return node.items.map((item) => (isScalar(item) ? item.value : item));
  return single && node != null ? [node] : [];
}

const textOf = (map: YAMLMap, name: string): string => {
  const value = map.get(name);
  return typeof value === 'string' ? withDefaults(value) : '';
};
