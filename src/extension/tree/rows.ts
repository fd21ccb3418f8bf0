import type { Arrangement } from './arrangement';
import { brokenRow, brokerRow, errorRow, type BrokerView } from './brokerRows';
import type { Listing } from './listing';
import { destinationRow, detailRows, labelOf, moreRow, queueRow, type IsPinned } from './queueRows';
import type { Row } from './row';

/** How much of the tree is shown, and how. */
export interface Shown {
  arrangement: Arrangement;
  /** The listing of a broker, by its name: it remembers the order. */
  listing: (broker: string) => Listing;
  /** How many children a row may show. */
  limit: (parent: string) => number;
  /** Rows whose partitions or consumers were asked for. */
  opened: ReadonlySet<string>;
}

/** So many rows a list shows at first, and so many more each time. */
export const pageSize = 200;

/** The tree by row id, as far as it is shown; the rows without a parent come in the order of the brokers. */
export function treeRows(
  brokers: readonly BrokerView[],
  broken: readonly { name: string; problem: string }[],
  shown: Shown,
): Map<string, Row> {
  const rows = new Map<string, Row>();
  const add = (row: Row) => {
    rows.set(row.id, row);
    if (row.parent !== null) rows.get(row.parent)?.children.push(row.id);
  };
  for (const broker of brokers) {
    const id = `broker:${broker.name}`;
    add(brokerRow(id, broker));
    if (broker.reading?.error) add(errorRow(id, broker.name, broker.origin, broker.reading.error));
    if (broker.reading?.state !== 'failed') addDestinations(id, broker, shown, add);
  }
  for (const connection of broken) add(brokenRow(connection));
  return rows;
}

type Add = (row: Row) => void;

function addDestinations(parent: string, broker: BrokerView, shown: Shown, add: Add): void {
  const { arrangement, listing, limit, opened } = shown;
  const pinned: IsPinned = (id) => arrangement.pinned.has(id);
  const addQueue = (above: string, alone: boolean) => (queue: BrokerView['queues'][number]) => {
    const row = queueRow(above, queue, labelOf(queue, alone), broker, pinned);
    add(row);
    const detail = opened.has(row.id) ? broker.detail(queue.id) : null;
    if (detail) page(row.id, detailRows(row.id, detail), limit, add, add);
  };
  page(parent, listing(broker.name).arrange(broker.queues, arrangement), limit, add, (destination) => {
    const [first] = destination.queues;
    if (destination.queues.length === 1 && first.group === null) {
      addQueue(parent, true)(first);
      return;
    }
    const row = destinationRow(parent, destination, broker.past, pinned);
    add(row);
    page(row.id, destination.queues, limit, add, addQueue(row.id, false));
  });
}

/** Adds as many as may be shown, and a row for the rest. */
function page<T>(parent: string, list: readonly T[], limit: Shown['limit'], add: Add, addOne: (one: T) => void): void {
  const most = limit(parent);
  list.slice(0, most).forEach(addOne);
  if (list.length > most) add(moreRow(parent, list.length - most, pageSize));
}
