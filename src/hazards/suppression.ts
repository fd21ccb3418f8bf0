const mark = /backpressure:\s*bounded-by\b[ \t]*([^\n]*)/i;

/** A comment of the source; lines count from 1. */
export interface Comment {
  text: string;
  line: number;
  endLine: number;
}

/**
 * Reads `backpressure: bounded-by <reason>` comments.
 * @returns the reason by line it holds for: the comment's own lines and the one below. A mark without a reason is left
 *   out: it does not count.
 */
export function suppressionsIn(comments: readonly Comment[]): Map<number, string> {
  const reasons = new Map<number, string>();
  for (const { text, line, endLine } of comments) {
    const reason = mark
      .exec(text)?.[1]
      ?.replace(/\*\/\s*$/, '')
      .trim();
    if (!reason) continue;
    for (let at = line; at <= endLine + 1; at++) reasons.set(at, reason);
  }
  return reasons;
}
