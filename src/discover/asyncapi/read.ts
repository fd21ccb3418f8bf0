import { isMap, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { isNestedTooDeep, tooDeep } from '../../model/nesting';
import type { SourceReference } from '../../model/scan';

/** What an AsyncAPI document says of one program: who it is, and which channels it receives from and sends to. */
export interface AsyncApi {
  /** `info.title`. */
  title: string;
  /** Each operation as a place in the document; `path` is the document's. */
  references: SourceReference[];
  /** Why it says nothing; null: it was read. */
  problem: string | null;
}

const systems: Record<string, SourceReference['system']> = {
  kafka: 'kafka',
  'kafka-secure': 'kafka',
  amqp: 'rabbitmq',
  amqps: 'rabbitmq',
  nats: 'nats',
  redis: 'redis',
  sqs: 'aws_sqs',
};

/** Is this an AsyncAPI document? Asked before it is parsed. */
export const looksLikeAsyncApi = (text: string): boolean => /^[\s{]*["']?asyncapi["']?\s*:/m.test(text.slice(0, 4096));

/**
 * Reads the operations of an AsyncAPI document, version 2 or 3 (asyncapi.com, specification): addresses of channels,
 * protocols of their servers, Kafka group ids and AMQP queue names of bindings. `$ref` is followed inside of the document.
 * Messages, schemas and traits say nothing about who consumes what, and are not read. Never throws on a broken document.
 * @param path how the document is named in the result
 */
export function readAsyncApi(path: string, text: string): AsyncApi {
  const none = (problem: string): AsyncApi => ({ title: '', references: [], problem });
  if (isNestedTooDeep(text)) return none(tooDeep);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) return none(`line ${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0] ?? ''}`);
  const root = new Part(document, lines, [], document.contents);
  const version = root.text('asyncapi') ?? '';
  const title = root.at('info').text('title') ?? '';
  if (version.startsWith('2.')) return { title, references: ofVersion2(root, path), problem: null };
  if (version.startsWith('3.')) return { title, references: ofVersion3(root, path), problem: null };
  return none(`AsyncAPI ${version} is not read; 2 and 3 are`);
}

/** Version 2 tells what others may do: where it says `publish` the program receives, where `subscribe` it sends. */
function ofVersion2(root: Part, path: string): SourceReference[] {
  return root
    .at('channels')
    .entries()
    .flatMap(([address, channel]) =>
      [...channel.entries()].flatMap(([verb, operation]) => {
        if (verb !== 'publish' && verb !== 'subscribe') return [];
        const role = verb === 'publish' ? ('consume' as const) : ('produce' as const);
        return referenceTo({ root, path, role, address, channel, operation, servers: channel.at('servers') });
      }),
    );
}

function ofVersion3(root: Part, path: string): SourceReference[] {
  return root
    .at('operations')
    .entries()
    .flatMap(([, operation]) => {
      const action = operation.text('action');
      if (action !== 'receive' && action !== 'send') return [];
      const channel = operation.at('channel');
      const address = channel.text('address') ?? channel.name;
      const role = action === 'receive' ? ('consume' as const) : ('produce' as const);
      return referenceTo({ root, path, role, address, channel, operation, servers: channel.at('servers') });
    });
}

interface Operation {
  root: Part;
  path: string;
  role: 'consume' | 'produce';
  address: string;
  channel: Part;
  operation: Part;
  servers: Part;
}

function referenceTo({ root, path, role, address, channel, operation, servers }: Operation): SourceReference[] {
  const system = systemOf(root, servers, channel, operation);
  if (system === null) return [];
  const { destination, confidence } = destinationOf(system, role, address, channel);
  const group = role === 'consume' && system === 'kafka' ? groupOf(operation) : null;
  return [{ path, line: operation.line, role, system, destination, group, confidence }];
}

/** By the servers that the channel names, else by all of them; by the only binding where no server tells. */
function systemOf(root: Part, named: Part, channel: Part, operation: Part): SourceReference['system'] | null {
  const all = root.at('servers').entries();
  const wanted = new Set(named.items().map((item) => item.value ?? item.name));
  const servers = all.filter(([name]) => wanted.size === 0 || wanted.has(name)).map(([, server]) => server);
  const bindings = [channel, operation].flatMap((part) =>
    part
      .at('bindings')
      .entries()
      .map(([name]) => name),
  );
  const found = [...servers.flatMap((server) => server.text('protocol') ?? []), ...bindings].map(
    (name) => systems[name],
  );
  return found.find((system) => system !== undefined) ?? null;
}

/** A parameter (`orders.{region}`) is a hole. An AMQP binding may name the queue, or the exchange that is published to. */
function destinationOf(
  system: SourceReference['system'],
  role: Operation['role'],
  address: string,
  channel: Part,
): Pick<SourceReference, 'destination' | 'confidence'> {
  const amqp = channel.at('bindings').at('amqp');
  const queue = system === 'rabbitmq' ? amqp.at('queue').text('name') : null;
  const exchange = system === 'rabbitmq' && role === 'produce' ? amqp.at('exchange').text('name') : null;
  const topic = channel.at('bindings').at('kafka').text('topic');
  const key = address.replace(/\{[^}]*\}/g, '*');
  const name = queue ?? topic ?? (exchange === null || exchange === '' ? key : `${exchange}/${key}`);
  return { destination: name, confidence: name.includes('*') ? 'template' : 'literal' };
}

/** A constant or the only value of an enumeration; a schema of any other kind names no group. */
function groupOf(operation: Part): string | null {
  const group = operation.at('bindings').at('kafka').at('groupId');
  const values = group.at('enum').items();
  return group.value ?? group.text('const') ?? (values.length === 1 ? (values[0]?.value ?? null) : null);
}

/** A node of the document, with `$ref` followed. */
class Part {
  readonly #node: unknown;
  readonly #path: readonly string[];

  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    path: readonly string[],
    node: unknown,
  ) {
    this.#path = path;
    this.#node = node;
  }

  /** What it is called where it stands. */
  get name(): string {
    return this.#path.at(-1) ?? '';
  }

  /** Its text, where it is a plain value; null: it is none. */
  get value(): string | null {
    const value: unknown = (this.#node as { value?: unknown } | null)?.value;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  }

  /** From 1. */
  get line(): number {
    return this.lines.linePos((this.#node as Node | null)?.range?.[0] ?? 0).line;
  }

  at(key: string): Part {
    return this.#follow([...this.#path, key], isMap(this.#node) ? this.#node.get(key, true) : null, 8);
  }

  text(key: string): string | null {
    return this.at(key).value;
  }

  /** Fields by name. */
  entries(): [string, Part][] {
    if (!isMap(this.#node)) return [];
    return this.#node.items.map(({ key }) => [String(key), this.at(String(key))]);
  }

  /** Members of a list. */
  items(): Part[] {
    const items: unknown = (this.#node as { items?: unknown } | null)?.items;
    if (isMap(this.#node) || !Array.isArray(items)) return [];
    return items.map((item: unknown, index) => this.#follow([...this.#path, String(index)], item, 8));
  }

  /** @param rest a document may go round in circles */
  #follow(path: readonly string[], node: unknown, rest: number): Part {
    const reference: unknown = isMap(node) ? node.get('$ref') : undefined;
    if (typeof reference !== 'string' || !reference.startsWith('#/') || rest === 0)
      return new Part(this.document, this.lines, path, node);
    const target = reference
      .slice(2)
      .split('/')
      .map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'));
    return this.#follow(target, this.document.getIn(target, true), rest - 1);
  }
}

/** A pointer that is encoded wrongly leads nowhere. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
