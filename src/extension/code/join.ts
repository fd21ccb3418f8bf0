import { ListedQueues, matchQueues, type LiveQueue, type Match } from '../../discover/match/match';
import type { Binding } from '../../discover/match/names';
import { processesOf } from '../../discover/topology/processes';
import { workspaceAt } from '../../files/workspace';
import type { Pipeline } from '../../model/pipeline';
import type { QueueReport } from '../../model/report';
import type { PlacedReference } from '../../protocol/references';
import type { Poller } from '../poller';

/** A queue that is read, with what brings references to it. */
export type JoinedQueue = QueueReport & LiveQueue;

/** Brings queues that are read and places in code together. */
export class Join {
  readonly #stages = new Map<string, string>();
  #queues = new ListedQueues<JoinedQueue>([]);
  #from: readonly (readonly QueueReport[])[] = [];

  constructor(
    private readonly poller: Poller,
    private readonly pipeline: () => Pipeline | null,
  ) {}

  /** Every queue that is read, as it was judged last. */
  get queues(): ListedQueues<JoinedQueue> {
    const { brokers } = this.poller;
    if (brokers.length === this.#from.length && brokers.every(({ queues }, index) => queues === this.#from[index]))
      return this.#queues;
    this.#from = brokers.map(({ queues }) => queues);
    const joined = brokers.flatMap(({ config, history, queues }) => {
      const read = config.system === 'rabbitmq' ? (history.latest?.queues ?? []) : [];
      const bindings = new Map<string, readonly Binding[] | null>(read.map((queue) => [queue.id, queue.bindings]));
      return queues.map((queue) => ({ ...queue, bindings: bindings.get(queue.id) ?? null }));
    });
    this.#queues = new ListedQueues(joined);
    return this.#queues;
  }

  /** The queues that a place in code means. */
  match(reference: PlacedReference): Match<JoinedQueue> {
    const stages = this.pipeline()?.stages ?? [];
    const entries = stages.map(({ name, consumes, produces }) => ({
      name,
      named: reference.role === 'consume' ? consumes : produces,
    }));
    const stage = entries.length === 0 ? '' : this.stageOf(reference);
    return matchQueues(reference, this.queues, {
      own: entries.filter(({ name }) => name === stage).flatMap(({ named }) => named),
      all: entries.flatMap(({ named }) => named),
    });
  }

  /** The places that mean a queue for certain. */
  placesOf<Reference extends PlacedReference>(queue: string, references: readonly Reference[]): Reference[] {
    return references.filter((reference) => {
      const match = this.match(reference);
      return match.kind === 'queues' && match.queues.some(({ id }) => id === queue);
    });
  }

  /** What the program is called that a reference belongs to; a stage of the pipeline file has the same name. */
  stageOf({ file, path: relative }: PlacedReference): string {
    const known = this.#stages.get(file);
    if (known !== undefined) return known;
    const root = file.slice(0, file.length - relative.length - 1);
    const [found] = processesOf([relative], workspaceAt(root));
    const name = found?.name ?? relative;
    this.#stages.set(file, name);
    return name;
  }

  /** Programs may have come and gone. */
  forgetStages(): void {
    this.#stages.clear();
  }
}
