/** What names a queue, before it has an id. */
export interface QueueName {
  broker: string;
  /** RabbitMQ virtual host, Redis database, NATS domain; null or the system's default (`/`, `0`) is left out of the id. */
  namespace?: string | null;
  destination: string;
  group?: string | null;
}

/** Most names need no encoding, and a sweep has ten thousand of them. */
const isPlain = /^[\w.-]*$/;
const part = (name: string) =>
  isPlain.test(name) ? name : encodeURIComponent(wellFormed(name)).replaceAll('~', '%7E');
const defaultNamespaces = new Set(['', '/', '0']);
const named = (namespace: string | null | undefined) =>
  namespace == null || defaultNamespaces.has(namespace) ? null : namespace;

/** Are these the same virtual host, database or domain? None is the system's default one. */
export const sameNamespace = (a: string | null | undefined, b: string | null | undefined) => named(a) === named(b);

/**
 * The id of a queue: `broker/[namespace~]destination[/group]`, each part percent-encoded (CONTRACTS.md, Identity).
 * Lone surrogates cannot be encoded, so they are replaced by U+FFFD.
 */
export function queueId({ broker, namespace, destination, group }: QueueName): string {
  const outer = named(namespace);
  const space = outer === null ? '' : `${part(outer)}~`;
  const tail = group == null ? '' : `/${part(group)}`;
  return `${part(broker)}/${space}${part(destination)}${tail}`;
}

/** With U+FFFD for each half of a surrogate pair, which no encoding can carry. */
export const wellFormed = (name: string) =>
  name.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');

/**
 * The parts of a queue's id. The namespace is null where the id carries none.
 * @throws {URIError} on a broken percent escape.
 */
export function parseQueueId(id: string): Required<QueueName> {
  const [broker = '', place = '', group] = id.split('/');
  const tilde = place.indexOf('~');
  return {
    broker: decodeURIComponent(broker),
    namespace: tilde < 0 ? null : decodeURIComponent(place.slice(0, tilde)),
    destination: decodeURIComponent(place.slice(tilde + 1)),
    group: group === undefined ? null : decodeURIComponent(group),
  };
}

/** What a person reads: `orders › billing`, with the namespace before it where it is not the default one. */
export function queueLabel(queue: Omit<QueueName, 'broker'>): string {
  const outer = named(queue.namespace);
  const space = outer === null ? '' : `${outer} › `;
  return `${space}${queue.destination}${queue.group == null ? '' : ` › ${queue.group}`}`;
}
