import type { MissingReason } from '../../src/model/figure';

export interface FigureText {
  text: string;
  /** Why there is no number, or why it is only about right; null for a plain figure. */
  why: string | null;
}

/**
 * A figure as it is shown: the number, `–` where there is nothing to count, `?` where it could not be read.
 * @param format how the number reads (src/model/format.ts)
 * @param missing the row's entry for this figure
 * @param approximate why the figure is only bounded or sampled
 */
export function figureText(
  value: number | null,
  format: (n: number) => string,
  missing?: MissingReason,
  approximate?: string,
): FigureText {
  if (value === null) return { text: missing?.kind === 'unknown' ? '?' : '–', why: missing?.reason ?? null };
  return approximate === undefined
    ? { text: format(value), why: null }
    : { text: `≈ ${format(value)}`, why: approximate };
}
