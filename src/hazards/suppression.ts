import { allOf, naming } from './words';

/** Says that something bounds a place: `backpressure: bounded-by <reason>`. */
export const suppressionMark = /backpressure:\s*bounded-by\b[ \t]*([^\n]*)/i;

/** Is there such a mark in a text? In most there is not even its last word. */
export const explains = allOf(naming('-by', '-By', '-bY', '-BY'), suppressionMark);

/** A comment of the source; lines count from 1. */
export interface Comment {
  text: string;
  line: number;
  endLine: number;
}

/** A comment that explains a hazard away. It holds for its own lines and the one below. */
export interface Suppression {
  line: number;
  endLine: number;
  /** Null: none is given, so it does not count. */
  reason: string | null;
}

/** What has become of a suppression: it explains a hazard, there is none any more, or it gives no reason. */
export type SuppressionState = 'used' | 'stale' | 'bare';

/** The `backpressure: bounded-by <reason>` comments, in their order. */
export const suppressionsIn = (comments: readonly Comment[]): Suppression[] =>
  comments.flatMap(({ text, line, endLine }) => {
    const said = suppressionMark.exec(text)?.[1];
    if (said === undefined) return [];
    const reason = said.replace(/\*\/\s*$/, '').trim();
    return [{ line, endLine, reason: reason === '' ? null : reason }];
  });

/** Does the comment speak of this line? */
export const covers = ({ line, endLine }: Suppression, at: number): boolean => line <= at && at <= endLine + 1;

/**
 * Writes reasons into the hazards that comments explain away.
 * @returns the comments, each with what has become of it
 */
export function explain(
  hazards: { line: number; suppressed: string | null }[],
  comments: readonly Comment[],
): { line: number; reason: string | null; state: SuppressionState }[] {
  return suppressionsIn(comments).map((each) => {
    const { line, reason } = each;
    if (reason === null) return { line, reason, state: 'bare' };
    const explained = hazards.filter((hazard) => covers(each, hazard.line));
    for (const hazard of explained) hazard.suppressed = reason;
    return { line, reason, state: explained.length > 0 ? 'used' : 'stale' };
  });
}

/** A suppression that helps nobody, in a sentence; null: it explains something. */
export function complaintOf({ reason, state }: { reason: string | null; state: SuppressionState }): string | null {
  if (state === 'bare') return 'This explanation gives no reason, so it does not count: say what bounds the place.';
  return state === 'stale' ? `Nothing is found here any more that "${reason ?? ''}" would explain.` : null;
}
