import { markdown, plain } from '../../model/escape';
import { count, duration, rate } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { QueueReport, QueueState, Severity } from '../../model/report';

/** One product icon per state, told apart without colour (references: look and speech of the tree). */
export const stateIcons: Record<QueueState, string> = {
  healthy: 'pass',
  'at-capacity': 'dashboard',
  growing: 'arrow-up',
  draining: 'arrow-down',
  stuck: 'debug-pause',
  'no-consumer': 'debug-disconnect',
  'data-loss-risk': 'flame',
  idle: 'dash',
  stale: 'history',
  unknown: 'question',
};

/** The theme's colour for what needs a person; all else stays in the plain foreground. */
export const severityColor = (severity: Severity): string | null =>
  severity === 'critical' ? 'list.errorForeground' : severity === 'warning' ? 'list.warningForeground' : null;

const arrows = { growing: '↑', draining: '↓', stable: '', unknown: '' } as const;

/** States that the figures alone tell. */
const tacit = new Set<QueueState>(['healthy', 'idle', 'unknown']);

/** A state as a person says it. */
export const stateWords = (state: QueueState): string => state.replaceAll('-', ' ');

/**
 * What stands behind a queue's name: `growing · 12,430 ↑ 41/s · 5 m old`, `0`, `? denied`, `– never committed`. What a
 * narrow side bar cuts off is the age, never the state.
 */
export function queueDescription(queue: QueueReport): string {
  if (queue.backlog === null) {
    const { kind, reason } = queue.missing.backlog ?? { kind: 'unknown', reason: 'not read' };
    return plain(`${kind === 'none' ? '–' : '?'} ${reason}`);
  }
  const about = queue.approximate.backlog === undefined ? '' : '≈';
  const arrow = arrows[queue.trend.state];
  const growth = queue.growthRate ?? queue.trend.slope;
  const change = arrow === '' ? '' : ` ${arrow}${growth === null ? '' : ` ${rate(Math.abs(growth))}`}`;
  const age = queue.ageSeconds === null || queue.backlog === 0 ? '' : ` · ${coarse(queue.ageSeconds)} old`;
  const state = tacit.has(queue.state) ? '' : `${stateWords(queue.state)} · `;
  return `${state}${about}${count(queue.backlog)}${change}${age}`;
}

/** An age as a row needs it: whole minutes, so that the text does not change with every reading. Seconds. */
const coarse = (seconds: number) => duration(seconds < 60 ? Math.ceil(seconds) : Math.floor(seconds / 60) * 60);

/** What a person reads as the queue's name, on one line. */
export const queueName = (queue: QueueReport): string => plain(queueLabel(queue));

/** The same for a screen reader: the state is always said. */
export const queueSpoken = (queue: QueueReport): string =>
  `${queueName(queue)}: ${tacit.has(queue.state) ? `${stateWords(queue.state)}, ` : ''}${queueDescription(queue)}`;

const bars = '▁▂▃▄▅▆▇█';
const sparkWidth = 40;

/** A backlog over time as a row of block characters; its full height is the highest value. Empty below two values. */
export function sparkline(points: readonly (readonly [at: number, backlog: number])[]): string {
  const known = points.filter(([, backlog]) => Number.isFinite(backlog));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < 2 || last[0] === first[0]) return '';
  const width = Math.min(sparkWidth, known.length);
  const slots = Array.from({ length: width }, () => NaN);
  for (const [at, backlog] of known) {
    const slot = Math.min(width - 1, Math.floor(((at - first[0]) / (last[0] - first[0])) * width));
    slots[slot] = Number.isNaN(slots[slot]) ? backlog : Math.max(slots[slot] ?? 0, backlog);
  }
  const top = Math.max(...known.map(([, backlog]) => backlog), 1);
  let previous = first[1];
  return slots
    .map((value) => {
      previous = Number.isNaN(value) ? previous : value;
      return bars[Math.round((previous / top) * (bars.length - 1))] ?? '';
    })
    .join('');
}

/**
 * The hover of a queue as Markdown: state and reason, the last hour, what can be done, the figures and where each missing
 * one went. Everything from outside is escaped. A hover over code shows little more than ten lines without scrolling.
 * @param more Markdown that belongs to a place in code: remarks after the reason, links beside the others
 */
export function queueTooltip(
  queue: QueueReport,
  past: readonly (readonly [at: number, backlog: number])[],
  more: { remarks: readonly string[]; links: readonly string[] } = { remarks: [], links: [] },
): string {
  const figure = (name: 'arrivalRate' | 'departureRate' | 'ageSeconds' | 'consumers', show: (n: number) => string) => {
    const value = queue[name];
    if (value !== null) return show(value);
    const gap = queue.missing[name];
    return gap?.kind === 'none' ? `– ${markdown(gap.reason)}` : `? ${markdown(gap?.reason ?? 'not known')}`;
  };
  const line = sparkline(past);
  const rows = [
    ['Arrive', figure('arrivalRate', rate)],
    ['Leave', figure('departureRate', rate)],
    ['Oldest', figure('ageSeconds', duration)],
    ['Consumers\u00a0\u00a0', figure('consumers', count)],
    [
      'Drains',
      queue.drainSeconds === null ? (queue.trend.state === 'growing' ? 'never' : '–') : duration(queue.drainSeconds),
    ],
  ];
  const since = queue.trend.since === null ? '' : `\n\nSo since ${markdown(queue.trend.since.slice(11, 19))} UTC.`;
  const bounds = Object.entries(queue.approximate).map(([name, why]) => `\n\n≈ ${markdown(name)}: ${markdown(why)}`);
  const links = ['[Analyze](command:backpressure.analyze)', `[Chart](${chartLink(queue.id)})`, ...more.links];
  return [
    `**${markdown(queueName(queue))}** · ${markdown(stateWords(queue.state))}`,
    markdown(queue.reason),
    ...more.remarks,
    ...(line === '' ? [] : [`\`${line}\``]),
    links.join(' · '),
    `| | |\n|---|---|\n${rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}${since}${bounds.join('')}`,
  ].join('\n\n');
}

/** A link in Markdown that opens the chart of a queue; no character of an id can end it or mean anything else. */
function chartLink(id: string): string {
  const argument = encodeURIComponent(JSON.stringify([`queue:${id}`]));
  return `command:backpressure.showChart?${argument.replace(/[^\w%.-]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}
