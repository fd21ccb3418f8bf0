import { queueLabel } from '../../model/identity';
import type { QueueReport } from '../../model/report';
import { comparisons, signatures, type Arrangement, type Order } from './arrangement';

/** What lies under one name on a broker, with all of its groups. */
export interface Destination {
  /** The part of its queues' ids before the group. */
  key: string;
  /** In order; the first stands for all. */
  queues: [QueueReport, ...QueueReport[]];
}

/** The key of the destination a queue belongs to. */
export function destinationKey(id: string): string {
  const group = id.indexOf('/', id.indexOf('/') + 1);
  return group < 0 ? id : id.slice(0, group);
}

/** One broker's queues as they are to be listed. The order changes only when a queue comes, goes or changes its signature. */
export class Listing {
  #order: Order | null = null;
  #signatures = new Map<string, string>();
  #ids: readonly string[] = [];

  /** The destinations that are left after the filter, those that are pinned first. */
  arrange(queues: readonly QueueReport[], arrangement: Arrangement): Destination[] {
    const wanted = wants(arrangement);
    const { pinned } = arrangement;
    const found = new Map<string, Destination>();
    for (const queue of this.#sorted(queues, arrangement.order)) {
      if (!wanted(queue)) continue;
      const key = destinationKey(queue.id);
      const known = found.get(key);
      if (known) known.queues.push(queue);
      else found.set(key, { key, queues: [queue] });
    }
    const all = [...found.values()];
    if (pinned.size === 0) return all;
    const isPinned = ({ key, queues: own }: Destination) => pinned.has(key) || own.some(({ id }) => pinned.has(id));
    return [...all.filter(isPinned), ...all.filter((destination) => !isPinned(destination))];
  }

  #sorted(queues: readonly QueueReport[], order: Order): QueueReport[] {
    const signature = signatures[order];
    const stays =
      order === this.#order &&
      queues.length === this.#signatures.size &&
      queues.every((queue) => this.#signatures.get(queue.id) === signature(queue));
    if (!stays) {
      this.#order = order;
      this.#signatures = new Map(queues.map((queue) => [queue.id, signature(queue)]));
      this.#ids = [...queues].sort(comparisons[order]).map(({ id }) => id);
    }
    const byId = new Map(queues.map((queue) => [queue.id, queue]));
    return this.#ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** What of the queues is to be seen. Only a backlog that is known to be zero is empty. */
function wants({ filter, hideEmpty }: Arrangement): (queue: QueueReport) => boolean {
  const part = filter.trim().toLowerCase();
  return (queue) =>
    !(hideEmpty && queue.backlog === 0) && (part === '' || queueLabel(queue).toLowerCase().includes(part));
}
