import { queueLabel } from '../../model/identity';
import type { SourceReference } from '../../model/scan';
import { exchangeAndKey, isBound, matching, whyUnknown, type Binding } from './names';

/** What has to be known of a queue that a broker lists. */
export interface LiveQueue {
  id: string;
  broker: string;
  system: SourceReference['system'] | 'prometheus' | 'demo';
  namespace: string | null;
  destination: string;
  group: string | null;
  bindings?: readonly Binding[] | null;
}

/** A queue as a stage of the pipeline file names it. */
export type Named = Pick<LiveQueue, 'broker' | 'destination' | 'group'>;

/** What a pipeline file says: of the stage that the file with the reference belongs to, and of all of them. */
export interface Remembered {
  own: readonly Named[];
  all: readonly Named[];
}

/** Which live queues a reference means. */
export type Match<Queue> =
  | { kind: 'queues'; queues: Queue[] }
  /** Any of these; a person has to say which. */
  | { kind: 'choice'; candidates: Queue[]; why: string }
  | { kind: 'none'; why: string };

/** Queues that brokers list, found by their names. */
export class ListedQueues<Queue extends LiveQueue> {
  readonly #bySystem = new Map<string, Queue[]>();
  readonly #byName = new Map<string, Queue[]>();

  constructor(queues: readonly Queue[]) {
    for (const queue of queues) {
      push(this.#bySystem, queue.system, queue);
      push(this.#byName, nameOf(queue.system, queue.destination), queue);
    }
  }

  /** All of a system. */
  of(system: string): readonly Queue[] {
    return this.#bySystem.get(system) ?? [];
  }

  /** Those of a system with that name. */
  named(system: string, destination: string): readonly Queue[] {
    return this.#byName.get(nameOf(system, destination)) ?? [];
  }
}

const nameOf = (system: string, destination: string) => `${system} ${destination}`;

function push<T>(to: Map<string, T[]>, key: string, item: T): void {
  const known = to.get(key);
  if (known) known.push(item);
  else to.set(key, [item]);
}

/**
 * Matches a reference with the queues that brokers list: by name, by its pattern where it has holes, through bindings
 * where it publishes to an exchange. What is not the only one is left to what the pipeline file remembers, then to a person.
 */
export function matchQueues<Queue extends LiveQueue>(
  reference: SourceReference,
  queues: ListedQueues<Queue>,
  remembered: Remembered,
): Match<Queue> {
  if (queues.of(reference.system).length === 0) return { kind: 'none', why: 'no broker that could have it is read' };
  const named = byName(reference, queues);
  if (named.length === 0) return { kind: 'none', why: `no broker lists ${reference.destination ?? ''}` };
  const found = byGroup(reference, named);
  if (found.length === 0)
    return { kind: 'none', why: `no group ${reference.group ?? ''} reads ${reference.destination ?? ''}` };
  if (isOne(reference, found)) return { kind: 'queues', queues: found };
  const chosen =
    chosenOf(found, remembered.own) ?? chosenOf(found, reference.destination === null ? [] : remembered.all);
  if (chosen) return { kind: 'queues', queues: chosen };
  return { kind: 'choice', candidates: found, why: whyMany(reference, found) };
}

function byName<Queue extends LiveQueue>(
  { destination, role, system }: SourceReference,
  queues: ListedQueues<Queue>,
): readonly Queue[] {
  if (destination === null) return queues.of(system);
  if (system === 'rabbitmq' && role === 'produce' && destination.includes('/')) {
    const published = exchangeAndKey(destination);
    return queues.of(system).filter(({ bindings }) => isBound(bindings ?? [], published));
  }
  if (!destination.includes('*')) return queues.named(system, destination);
  const all = queues.of(system);
  const names = new Set(
    matching(
      destination,
      all.map((queue) => queue.destination),
    ),
  );
  return all.filter((queue) => names.has(queue.destination));
}

/** A consumer reads as its group; where the system has no groups, every row will do. */
function byGroup<Queue extends LiveQueue>({ role, group }: SourceReference, named: readonly Queue[]): Queue[] {
  if (role !== 'consume' || group === null) return [...named];
  return named.filter((queue) => queue.group === null || matching(group, [queue.group]).length > 0);
}

/** A producer feeds all groups of a destination, and all queues that are bound; a consumer is one group of one. */
function isOne({ role, destination }: SourceReference, found: readonly LiveQueue[]): boolean {
  if (destination === null) return false;
  if (found.length === 1) return true;
  const same = (of: (queue: LiveQueue) => string) => new Set(found.map(of)).size === 1;
  if (role === 'consume' || !same(({ broker }) => broker)) return false;
  return destination.includes('/') || same((queue) => queueLabel({ ...queue, group: null }));
}

/** Who names all of them has not chosen. */
function chosenOf<Queue extends LiveQueue>(found: readonly Queue[], named: readonly Named[]): Queue[] | null {
  const chosen = found.filter((queue) =>
    named.some(
      ({ broker, destination, group }) =>
        broker === queue.broker && destination === queue.destination && (group === null || group === queue.group),
    ),
  );
  return chosen.length > 0 && chosen.length < Math.max(2, found.length) ? chosen : null;
}

function whyMany(reference: SourceReference, found: readonly LiveQueue[]): string {
  if (reference.destination === null) return whyUnknown(reference);
  const count = (of: (queue: LiveQueue) => string) => new Set(found.map(of)).size;
  const brokers = count(({ broker }) => broker);
  if (brokers > 1) return `${brokers} brokers have it`;
  const destinations = count((queue) => queue.destination);
  return destinations > 1 ? `${destinations} queues could be it` : `${found.length} groups read it`;
}
