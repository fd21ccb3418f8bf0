import { plain } from '../model/escape';
import { count, duration, rate, shown } from '../model/format';
import { queueLabel } from '../model/identity';
import type { QueueReading, Sweep } from '../model/sweep';

interface Column {
  title: string;
  align: 'left' | 'right';
  cell: (queue: QueueReading) => string;
}

const columns: Column[] = [
  { title: 'BROKER', align: 'left', cell: (q) => plain(q.broker) },
  { title: 'QUEUE', align: 'left', cell: (q) => plain(queueLabel(q)) },
  {
    title: 'BACKLOG',
    align: 'right',
    cell: (q) => `${q.approximate.backlog ? '≤' : ''}${shown(q.backlog, q.missing.backlog, count)}`,
  },
  { title: 'WAITING', align: 'right', cell: (q) => shown(q.waiting, q.missing.waiting, count) },
  { title: 'IN FLIGHT', align: 'right', cell: (q) => shown(q.inFlight, q.missing.inFlight, count) },
  { title: 'ARRIVALS', align: 'right', cell: (q) => shown(q.arrivalRate, q.missing.arrivalRate, rate) },
  { title: 'DEPARTURES', align: 'right', cell: (q) => shown(q.departureRate, q.missing.departureRate, rate) },
  {
    title: 'OLDEST',
    align: 'right',
    cell: (q) => `${boundOf(q.approximate.ageSeconds)}${shown(q.ageSeconds, q.missing.ageSeconds, duration)}`,
  },
  { title: 'CONSUMERS', align: 'right', cell: (q) => shown(q.consumers, q.missing.consumers, count) },
  { title: 'STATE', align: 'left', cell: (q) => plain(q.brokerState ?? '') },
];

/** What stands before an age that is not exact. @param why the sources say “at least” of a lower bound */
const boundOf = (why: string | undefined) => (why === undefined ? '' : why.startsWith('at least') ? '≥' : '≈');

/** Rows of text under their titles, figures to the right, two blanks between columns. */
export function alignColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  rightAligned: readonly boolean[],
): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, i) => (rightAligned[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Queues of one sweep as a text table, preceded by what went wrong with a broker. */
export function queueTable(sweep: Sweep, queues: readonly QueueReading[]): string {
  const table = alignColumns(
    columns.map(({ title }) => title),
    queues.map((queue) => columns.map(({ cell }) => cell(queue))),
    columns.map(({ align }) => align === 'right'),
  );
  const reasons = reasonLines(queues);
  return [
    ...brokerLines(sweep),
    queues.length > 0 ? table : 'No queues.',
    ...(reasons.length > 0 ? ['', ...reasons] : []),
  ].join('\n');
}

/** The same as a Markdown table. */
export function queueMarkdown(sweep: Sweep, queues: readonly QueueReading[], escape: (text: string) => string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    ...brokerLines(sweep).map(escape),
    line(columns.map(({ title }) => title.charAt(0) + title.slice(1).toLowerCase())),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...queues.map((queue) => line(columns.map(({ cell }) => escape(cell(queue))))),
  ].join('\n');
}

/** One line for each broker that is not wholly readable: what happened and what to do. */
export const brokerLines = (sweep: Sweep): string[] =>
  sweep.brokers
    .filter((broker) => broker.error !== null)
    .map((broker) =>
      plain(
        `${broker.name} (${broker.url}) ${broker.state === 'failed' ? 'could not be read' : 'is only partly readable'}: ${broker.error?.message ?? ''}. Next: ${broker.error?.next ?? ''}.`,
      ),
    );

/** Why a backlog shows `?` or `–`: each reason once, with how many rows share it. */
function reasonLines(queues: readonly QueueReading[]): string[] {
  const reasons = new Map<string, number>();
  for (const queue of queues) {
    const why = queue.missing.backlog;
    if (!why) continue;
    const line = `${why.kind === 'none' ? '–' : '?'} ${plain(why.reason)}`;
    reasons.set(line, (reasons.get(line) ?? 0) + 1);
  }
  return [...reasons].map(([line, n]) => (n === 1 ? line : `${line} (${n} rows)`));
}
