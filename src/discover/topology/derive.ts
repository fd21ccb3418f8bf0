import type { SourceReference } from '../../model/scan';
import type { SeenPublisher } from '../../model/publisher';
import type { QueueReading } from '../../model/sweep';
import { conflictsIn } from './documents';
import { exchangeAndKey, isBound, matching, whyUnknown } from '../match/names';
import { withPublishers } from './publishers';
import { withReaders } from './readers';

/** A program of the workspace: what runs as one. */
export interface Process {
  name: string;
  /** Files that belong to it, relative to the scanned root. */
  files: readonly string[];
}

/** A queue that a stage consumes or produces to, and the places that say so. */
export interface DerivedQueue {
  system: SourceReference['system'];
  destination: string;
  group: string | null;
  /**
   * `path:line (confidence)`, or `path:line (confidence of path:line)` where it is configured, in the order of the files;
   * then what brokers see.
   */
  origins: string[];
}

/** A process between queues. */
export interface DerivedStage {
  name: string;
  consumes: DerivedQueue[];
  produces: DerivedQueue[];
}

/** What source, and brokers where they were read, tell of a pipeline that nobody has described. */
export interface DerivedTopology {
  stages: DerivedStage[];
  /** Places that name a queue which cannot be told from the source, and why. */
  unresolved: { path: string; line: number; text: string }[];
  /** What an AsyncAPI document or a broker and the code of a stage say differently, in words. */
  conflicts: string[];
}

/**
 * Stages are processes that consume or produce; declaring a queue makes none of them. What brokers see reading is one too.
 * @param queues what brokers list, so that patterns and RabbitMQ's exchanges find their queues; empty: none was read
 * @param publishers whom brokers see publish
 */
export function deriveTopology(
  references: readonly SourceReference[],
  processes: readonly Process[],
  queues: readonly QueueReading[],
  publishers: readonly SeenPublisher[] = [],
): DerivedTopology {
  const unresolved: DerivedTopology['unresolved'] = [];
  const stages = processes.flatMap(({ name, files }): DerivedStage[] => {
    const own = references.filter(({ path, role }) => files.includes(path) && role !== 'declare');
    const consumes: DerivedQueue[] = [];
    const produces: DerivedQueue[] = [];
    for (const reference of own) {
      const meant = queuesMeant(reference, queues);
      if (typeof meant === 'string') unresolved.push({ path: reference.path, line: reference.line, text: meant });
      else
        for (const destination of meant)
          add(reference.role === 'consume' ? consumes : produces, reference, destination);
    }
    return consumes.length + produces.length === 0 ? [] : [{ name, consumes, produces }];
  });
  const read = withReaders(stages, queues);
  const seen = withPublishers(read.stages, publishers, new Set(stages.map(({ name }) => name)));
  return {
    stages: seen.stages.sort((a, b) => (a.name < b.name ? -1 : 1)),
    unresolved,
    conflicts: [...stages.flatMap(conflictsIn), ...read.conflicts, ...seen.conflicts],
  };
}

function add(to: DerivedQueue[], reference: SourceReference, destination: string): void {
  const { path, line, system, confidence } = reference;
  const group = reference.role === 'consume' ? reference.group : null;
  const from = reference.origin == null ? '' : ` of ${reference.origin}`;
  const origin = `${path}:${line} (${confidence}${from})`;
  const known = to.find((each) => each.system === system && each.destination === destination && each.group === group);
  if (known) known.origins.push(origin);
  else to.push({ system, destination, group, origins: [origin] });
}

/** The destinations that a reference means, or why none can be told. */
function queuesMeant(reference: SourceReference, queues: readonly QueueReading[]): string[] | string {
  const { destination, system } = reference;
  if (destination === null) return whyUnknown(reference);
  const listed = queues.filter((queue) => queue.system === system);
  const published = system === 'rabbitmq' && reference.role === 'produce' && destination.includes('/');
  if (published) return boundTo(destination, listed);
  if (!destination.includes('*')) return [destination];
  const found = matching(destination, [...new Set(listed.map((queue) => queue.destination))]);
  return found.length > 0 ? found : `no queue is known that \`${destination}\` could be`;
}

/** The queues that an exchange hands a routing key on to. */
function boundTo(destination: string, queues: readonly QueueReading[]): string[] | string {
  const published = exchangeAndKey(destination);
  const bound = queues.filter(({ bindings }) => isBound(bindings ?? [], published));
  if (bound.length > 0) return bound.map((queue) => queue.destination);
  return `it publishes to the exchange \`${published.exchange}\` with the key \`${published.key}\`; which queue gets it, only the broker knows`;
}
