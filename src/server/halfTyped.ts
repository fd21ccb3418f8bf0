import type { Found, TextScan } from '../hazards/engine';

/** A hazard and the source line it stood on, by which it is found again while the code around it is half-typed. */
export interface Remembered {
  hazard: Found;
  text: string;
}

/**
 * Hazards of the last correct text that stand in a part which is half-typed now: the parser does not see them there,
 * and a lens that comes and goes with every key disturbs. Each keeps to its line of text, wherever that moved.
 */
export function stillThere(last: readonly Remembered[], scan: TextScan, lines: readonly string[]): Found[] {
  return last.flatMap(({ hazard, text }) => {
    const line = nearestLine(hazard.line, text, scan, lines);
    if (line === null || scan.hazards.some((found) => found.line === line)) return [];
    if (scan.passed.some((found) => found.line === line)) return [];
    return [{ ...hazard, line, endLine: line + hazard.endLine - hazard.line }];
  });
}

function nearestLine(from: number, text: string, { broken }: TextScan, lines: readonly string[]): number | null {
  const candidates = broken.flatMap(({ line, endLine }) =>
    lines.slice(line - 1, endLine).flatMap((each, index) => (each === text ? [line + index] : [])),
  );
  return candidates.sort((a, b) => Math.abs(a - from) - Math.abs(b - from))[0] ?? null;
}
