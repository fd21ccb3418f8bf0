import { plain } from '../../model/escape';
import { count, duration, rate } from '../../model/format';
import { severities } from '../../model/severity';
import type { QueueReport } from '../../model/report';
import { stateWords } from '../tree/queueText';

/** States that the figures do not tell by themselves. */
const worthSaying = new Set<QueueReport['state']>(['stuck', 'no-consumer', 'data-loss-risk', 'at-capacity', 'stale']);

/** `orders · billing: 12,430 waiting, growing 41/s, drains never`. */
export const lensText = (queue: QueueReport): string => `${lensName(queue)}: ${lensFigures(queue)}`;

/** `orders · billing`. */
export const lensName = ({ destination, group }: Pick<QueueReport, 'destination' | 'group'>): string =>
  // `$(name)` in outside text would be drawn as an icon.
  plain(group === null ? destination : `${destination} · ${group}`).replaceAll('$(', '$ (');

function lensFigures(queue: QueueReport): string {
  if (queue.backlog === null) {
    const { kind, reason } = queue.missing.backlog ?? { kind: 'unknown', reason: 'not read' };
    return plain(`${kind === 'none' ? '–' : '?'} ${reason}`);
  }
  const about = queue.approximate.backlog === undefined ? '' : '≈';
  const { waiting, inFlight } = queue;
  const amounts =
    waiting === null || !inFlight
      ? [`${count(waiting ?? queue.backlog)} waiting`]
      : [...(waiting > 0 ? [`${count(waiting)} waiting`] : []), `${count(inFlight)} in flight`];
  const state = worthSaying.has(queue.state) ? [stateWords(queue.state)] : [];
  const moves = queue.backlog > 0 ? change(queue) : [];
  return [`${about}${amounts.join(', ')}`, ...moves, ...state].join(', ');
}

function change({ trend, growthRate, drainSeconds }: QueueReport): string[] {
  const speed = growthRate ?? trend.slope;
  const by = speed === null ? '' : ` ${rate(Math.abs(speed))}`;
  if (trend.state === 'growing') return [`growing${by}`, 'drains never'];
  if (trend.state !== 'draining') return [];
  return [`draining${by}`, ...(drainSeconds === null ? [] : [`drains in ${duration(drainSeconds)}`])];
}

/** Of several queues the one that needs a person most comes first. */
export const worstFirst = (queues: readonly QueueReport[]): QueueReport[] =>
  [...queues].sort(
    (a, b) =>
      severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
      (b.growthRate ?? b.trend.slope ?? 0) - (a.growthRate ?? a.trend.slope ?? 0) ||
      (b.backlog ?? 0) - (a.backlog ?? 0),
  );

/** Shares by which a figure has to change before a reader would care. */
const [ofBacklog, ofGrowth] = [0.01, 0.1];

/** Is there news for somebody who has read the earlier figures? */
export function isNews(before: QueueReport, now: QueueReport): boolean {
  if (before.state !== now.state || before.trend.state !== now.trend.state) return true;
  return differs(before.backlog, now.backlog, ofBacklog) || differs(growth(before), growth(now), ofGrowth);
}

const growth = ({ growthRate, trend }: QueueReport) =>
  trend.state === 'growing' || trend.state === 'draining' ? (growthRate ?? trend.slope) : null;

function differs(before: number | null, now: number | null, share: number): boolean {
  if (before === null || now === null || before === 0 || now === 0) return before !== now;
  return Math.abs(now - before) > Math.abs(before) * share;
}
