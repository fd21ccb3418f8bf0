import { plain } from '../src/model/escape';
import { duration, rate } from '../src/model/format';
import { queueLabel } from '../src/model/identity';
import type { QueueReport, QueueState, Severity, StageState } from '../src/model/report';

/** What a state is called on the page. */
export const stateWords: Record<QueueState | StageState, string> = {
  unknown: 'unknown',
  idle: 'idle',
  healthy: 'healthy',
  'at-capacity': 'at capacity',
  growing: 'growing',
  draining: 'draining',
  stuck: 'stuck',
  'no-consumer': 'no consumer',
  'data-loss-risk': 'data loss risk',
  stale: 'stale',
  starved: 'starved',
  busy: 'busy',
  blocked: 'blocked',
  bottleneck: 'bottleneck',
};

/** One glyph for each state, so that it can be told without colour. */
export const stateGlyphs: Record<QueueState | StageState, string> = {
  unknown: '?',
  idle: '–',
  healthy: '✓',
  'at-capacity': '▮',
  growing: '↑',
  draining: '↓',
  stuck: '❚❚',
  'no-consumer': '⌀',
  'data-loss-risk': '‼',
  stale: '↺',
  starved: '┄',
  busy: '✓',
  blocked: '▨',
  bottleneck: '◎',
};

/** A name from a broker, safe to show as text: hidden characters become visible. */
export const queueName = (queue: QueueReport) => plain(queueLabel(queue));

/** `↑ 750/s`, `↓ 41/s`, or nothing where the backlog holds still or its growth is unknown. */
export function growthText({ growthRate, trend }: QueueReport): string {
  if (growthRate === null || trend.state === 'stable' || trend.state === 'unknown') return '';
  if (growthRate > 0) return `↑ ${rate(growthRate)}`;
  return growthRate < 0 ? `↓ ${rate(-growthRate)}` : '';
}

/** `4 m 20 s`; null seconds is `never`. */
export const drainText = (seconds: number | null) => (seconds === null ? 'never' : duration(seconds));

const order: readonly Severity[] = ['critical', 'warning', 'info', 'ok'];

/** Worst first. */
export const bySeverity = (a: { severity: Severity }, b: { severity: Severity }) =>
  order.indexOf(a.severity) - order.indexOf(b.severity);

/** The time of day where the reader is. */
export const clock = (iso: string) => new Date(iso).toLocaleTimeString();

/** The same with the day where that is not today. */
export function moment(iso: string): string {
  const at = new Date(iso);
  return at.toDateString() === new Date().toDateString()
    ? clock(iso)
    : at.toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' });
}
