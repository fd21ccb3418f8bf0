import { markdown } from '../../model/escape';
import { count, duration, plural, rate, shown } from '../../model/format';
import { queueLabel } from '../../model/identity';
import { severities } from '../../model/severity';
import type { QueueReport, Report } from '../../model/report';
import type { ToolInput } from './inputs';

/** A language model's context is short: characters of an answer at most. */
const longest = 20_000;

/** Cuts an answer at the end of a line and says so. @param narrow how to ask for less */
export function bounded(text: string, narrow: string): string {
  if (text.length <= longest) return text;
  const kept = text.slice(0, text.lastIndexOf('\n', longest));
  return `${kept}\n\n(${count(text.length - kept.length)} more characters are left out. ${narrow})`;
}

type ListInput = ToolInput<'backpressure_list_queues'>;

const orders: Record<NonNullable<ListInput['sort']>, (a: QueueReport, b: QueueReport) => number> = {
  worst: (a, b) =>
    severities.indexOf(b.severity) - severities.indexOf(a.severity) || (b.backlog ?? -1) - (a.backlog ?? -1),
  backlog: (a, b) => (b.backlog ?? -1) - (a.backlog ?? -1),
  age: (a, b) => (b.ageSeconds ?? -1) - (a.ageSeconds ?? -1),
  growth: (a, b) => (b.growthRate ?? -Infinity) - (a.growthRate ?? -Infinity),
  name: (a, b) => a.id.localeCompare(b.id),
};

/** Queues as a table; unknown figures with their reasons, never as zero. */
export function queueList(
  queues: readonly QueueReport[],
  { match = '', sort = 'worst', limit = 50 }: ListInput,
): string {
  const wanted = queues.filter((queue) => queueLabel(queue).toLowerCase().includes(match.toLowerCase()));
  const rows = wanted.toSorted(orders[sort]).slice(0, limit);
  const lines = rows.map((queue) => {
    const { missing } = queue;
    const cells = [
      markdown(queue.id),
      queue.state,
      shown(queue.backlog, missing.backlog, count),
      shown(queue.ageSeconds, missing.ageSeconds, duration),
      shown(queue.arrivalRate, missing.arrivalRate, rate),
      shown(queue.departureRate, missing.departureRate, rate),
      markdown(queue.reason),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `${plural(wanted.length, 'queue')}${wanted.length > rows.length ? `, ${count(rows.length)} of them shown` : ''}. ? is unknown, – is nothing to count.`,
    '',
    '| id | state | backlog | oldest | in | out | why |',
    '| --- | --- | ---: | ---: | ---: | ---: | --- |',
    ...lines,
  ].join('\n');
}

/** The strategies of a report in their order, with what they cost. */
export function strategyText({ sentence, strategies }: Report): string {
  if (strategies.length === 0)
    return `${markdown(sentence)}\n\nNo stage consumes anything, so there is nothing to choose.`;
  const lines = strategies.map(
    ({ rank, kind, overflow, fits, tradeOff }) =>
      `${rank}. ${kind}${overflow === null ? '' : `, ${overflow} on overflow`}: ${markdown(fits)} Trade-off: ${markdown(tradeOff)}`,
  );
  return [markdown(sentence), '', ...lines].join('\n');
}
