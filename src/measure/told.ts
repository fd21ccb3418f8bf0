import { none, unknown, type Approximate, type Missing, type MissingReason } from '../model/figure';
import type { QueueFigure, QueueReading } from '../model/sweep';

/** A figure with what has to be said about it: how far it may be off, or why there is none. */
export type Told = { value: number; approximate?: string | undefined } | { value: null; missing: MissingReason };

export const known = (value: number, approximate?: string): Told => ({ value, approximate });
/** There is nothing to count. */
export const nothing = (reason: string): Told => ({ value: null, missing: none(reason) });
/** It could not be read. */
export const unread = (reason: string): Told => ({ value: null, missing: unknown(reason) });

/** The same told of each of these figures. */
export function allOf<F extends QueueFigure>(names: readonly F[], told: Told): Record<F, Told> {
  const every = {} as Record<F, Told>;
  for (const name of names) every[name] = told;
  return every;
}

/** The figures of a row with what has to be said about them, ready to be spread into it. */
export function figures<F extends QueueFigure>(
  told: Record<F, Told>,
): Record<F, number | null> & Pick<QueueReading, 'missing' | 'approximate'> {
  const values = {} as Record<F, number | null>;
  const missing: Missing = {};
  const approximate: Approximate = {};
  // Every row of ten thousand comes through here: no lists in between.
  for (const figure in told) {
    const answer = told[figure];
    values[figure] = answer.value;
    if (answer.value === null) missing[figure] = answer.missing;
    else if (answer.approximate !== undefined) approximate[figure] = answer.approximate;
  }
  return Object.assign(values, { missing, approximate });
}
