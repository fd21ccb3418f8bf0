import { none, unknown, type MissingReason } from '../model/figure';
import type { QueueFigure, QueueReading } from '../model/sweep';

/** A figure with what has to be said about it: how far it may be off, or why there is none. */
export type Told = { value: number; approximate?: string | undefined } | { value: null; missing: MissingReason };

export const known = (value: number, approximate?: string): Told => ({ value, approximate });
/** There is nothing to count. */
export const nothing = (reason: string): Told => ({ value: null, missing: none(reason) });
/** It could not be read. */
export const unread = (reason: string): Told => ({ value: null, missing: unknown(reason) });

/** The figures of a row with what has to be said about them, ready to be spread into it. */
export function figures<F extends QueueFigure>(
  told: Record<F, Told>,
): Record<F, number | null> & Pick<QueueReading, 'missing' | 'approximate'> {
  const entries = Object.entries<Told>(told);
  return {
    ...(Object.fromEntries(entries.map(([figure, { value }]) => [figure, value])) as Record<F, number | null>),
    missing: Object.fromEntries(
      entries.flatMap(([figure, answer]) => (answer.value === null ? [[figure, answer.missing]] : [])),
    ),
    approximate: Object.fromEntries(
      entries.flatMap(([figure, answer]) =>
        answer.value !== null && answer.approximate !== undefined ? [[figure, answer.approximate]] : [],
      ),
    ),
  };
}
