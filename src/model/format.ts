import type { MissingReason } from './figure';

/** How figures read on every surface (tree, report, map, command line). Pure text, no escaping: see escape.ts. */

function grouped(n: number): string {
  const whole = Math.round(n);
  // Nothing to group: a report of thousands of queues says tens of thousands of such figures.
  return whole > 0 && whole < 1000 ? String(whole) : whole.toLocaleString('en-US');
}

/** A whole number of messages: exact up to 99,999, then `124 k`, `1.2 M`. */
export function count(n: number): string {
  if (n < 0) return `−${count(-n)}`;
  if (n < 99_999.5) return grouped(n);
  for (const [unit, size] of [
    ['k', 1e3],
    ['M', 1e6],
    ['G', 1e9],
  ] as const) {
    if (n < size * 999.5 || unit === 'G')
      return `${n < size * 9.95 ? (n / size).toFixed(1) : grouped(n / size)} ${unit}`;
  }
  return grouped(n);
}

/** Two digits below 100, whole from there up. */
const digits = (n: number) =>
  n >= 100_000 ? count(n) : n >= 99.5 ? grouped(n) : n >= 9.95 ? n.toFixed(0) : n.toFixed(1).replace(/\.0$/, '');

/**
 * Messages per second as a person says it: `1,050/s`, `4.1/s`, `25/min`, `3/h`; the unit is the first that makes the
 * figure at least 1. Zero is `0/s`.
 * @param perSecond messages per second, of either sign
 */
export function rate(perSecond: number): string {
  if (perSecond < 0) return `−${rate(-perSecond)}`;
  if (perSecond === 0) return '0/s';
  // Rounded before it is compared, so that 0.996/s is not shown as "60/min".
  if (perSecond >= 0.95) return `${digits(perSecond)}/s`;
  if (perSecond * 60 >= 0.95) return `${digits(perSecond * 60)}/min`;
  if (perSecond * 3600 >= 0.95) return `${digits(perSecond * 3600)}/h`;
  return 'under 1/h';
}

/**
 * A length of time: `0.4 s`, `45 s`, `4 m 20 s`, `2.3 h`, `3.1 d`.
 * @param seconds not negative; Infinity reads `never`
 */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'never';
  if (seconds < 0.95) return seconds === 0 ? '0 s' : `${Math.max(0.1, Math.round(seconds * 10) / 10)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} m` : `${Math.floor(whole / 60)} m ${whole % 60} s`;
  if (seconds < 48 * 3600) return `${(seconds / 3600).toFixed(1).replace(/\.0$/, '')} h`;
  return `${(seconds / 86_400).toFixed(1).replace(/\.0$/, '')} d`;
}

/** A ratio 0…1 as `71 %`. */
export const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;

/** One or many: `1 instance`, `3 instances`, `1,050 instances`. */
export const plural = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** A figure of a row: as formatted, `?` when it could not be read, `–` when there is nothing to count. */
export const shown = (value: number | null, why: MissingReason | undefined, format: (n: number) => string): string =>
  value !== null ? format(value) : why?.kind === 'unknown' ? '?' : '–';
