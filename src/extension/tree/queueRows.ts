import { markdown, plain } from '../../model/escape';
import { count, duration, plural } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { QueueReport } from '../../model/report';
import type { MemberReading, PartitionReading, QueueReading } from '../../model/sweep';
import type { BrokerView } from './brokerRows';
import type { Destination } from './listing';
import { queueDescription, queueName, queueSpoken, queueTooltip, severityColor, stateIcons } from './queueText';
import { plainRow, type Row } from './row';

/** Is a row among those that a person wants first? */
export type IsPinned = (id: string) => boolean;

const look = (queue: QueueReport) => ({
  description: queueDescription(queue),
  icon: { id: stateIcons[queue.state], color: severityColor(queue.severity) },
});

/** A destination shows the figures of its worst group, so that they can be read in a narrow side bar; its groups are below it. */
export function destinationRow(
  parent: string,
  { key, queues }: Destination,
  past: BrokerView['past'],
  pinned: IsPinned,
): Row {
  const [first] = queues;
  const isPinned = pinned(key);
  const spoken =
    queues.length === 1 ? queueSpoken(first) : `${plural(queues.length, 'group')}, worst: ${queueSpoken(first)}`;
  return {
    ...plainRow(`destination:${key}`, parent, plain(queueLabel({ ...first, group: null }))),
    ...look(first),
    kind: isPinned ? 'destination pinned' : 'destination',
    spoken: isPinned ? `${spoken}, pinned` : spoken,
    tooltip: () => queueTooltip(first, past(first.id)),
  };
}

/** One queue, or one group of a destination. It opens when it has partitions or consumers to show. */
export function queueRow(
  parent: string,
  queue: QueueReport,
  label: string,
  { past, detail }: BrokerView,
  pinned: IsPinned,
): Row {
  const read = detail(queue.id);
  const isPinned = pinned(queue.id);
  return {
    ...plainRow(`queue:${queue.id}`, parent, label),
    ...look(queue),
    opens: (read?.partitions ?? read?.members ?? []).length > 0,
    kind: isPinned ? 'queue pinned' : 'queue',
    spoken: isPinned ? `${queueSpoken(queue)}, pinned` : queueSpoken(queue),
    tooltip: () => queueTooltip(queue, past(queue.id)),
  };
}

/** A queue without a group carries its own name, a group only the group's. */
export const labelOf = (queue: QueueReport, alone: boolean) =>
  alone ? queueName(queue) : plain(queue.group ?? 'no group');

/** What a queue opens to: its partitions, where it has none its consumers. */
export function detailRows(parent: string, { id, partitions, members, missing }: QueueReading): Row[] {
  if (partitions) return partitions.map((partition) => partitionRow(parent, id, partition, missing));
  return (members ?? []).map((member) => consumerRow(parent, id, member));
}

function partitionRow(
  parent: string,
  queue: string,
  { partition, backlog, committed, start, end, consumer }: PartitionReading,
  missing: QueueReading['missing'],
): Row {
  const figure = backlog === null ? (committed === null ? '– never committed' : '? not read') : count(backlog);
  const reader = consumer ?? 'no consumer';
  const offsets = [
    ['start', start],
    ['committed', committed],
    ['end', end],
  ] as const;
  return {
    ...plainRow(`partition:${queue} ${partition}`, parent, `partition ${partition}`),
    description: plain(`${figure} · ${reader}`),
    icon: { id: 'list-ordered', color: null },
    kind: 'partition',
    spoken: plain(`partition ${partition}: ${figure}, ${reader}`),
    tooltip: () =>
      offsets.map(([name, at]) => `${name}: ${at ?? markdown(missing.backlog?.reason ?? '?')}`).join('\n\n'),
  };
}

function consumerRow(parent: string, queue: string, member: MemberReading): Row {
  const { id, client, host, inFlight, idleSeconds, prefetch } = member;
  const figures = [
    inFlight === null ? null : `${count(inFlight)} in flight`,
    prefetch === null ? null : `prefetch ${prefetch === 0 ? 'without a limit' : count(prefetch)}`,
    idleSeconds === null ? null : `idle ${duration(idleSeconds)}`,
    host,
  ].filter((figure) => figure !== null);
  const name = plain(client ?? id);
  return {
    ...plainRow(`consumer:${queue} ${encodeURIComponent(id)}`, parent, name),
    description: plain(figures.join(' · ')),
    icon: { id: 'account', color: null },
    kind: 'consumer',
    spoken: plain(`consumer ${name}: ${figures.join(', ')}`),
    tooltip: () => markdown(id),
  };
}

/** Stands for the rest of a long list. @param left how many rows are not shown */
export const moreRow = (parent: string, left: number, step: number): Row => ({
  ...plainRow(`more:${parent}`, parent, `${count(Math.min(left, step))} more …`),
  description: left > step ? `of ${count(left)}` : '',
  icon: { id: 'ellipsis', color: null },
  kind: 'more',
  command: { id: 'backpressure.showMore', title: 'Show More', argument: parent },
});
