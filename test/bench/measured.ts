/** One line of the bench: our figure, a peer's on the same data in the same run, and what has to hold. */
export interface Measured {
  /** What was measured, with its unit. */
  what: string;
  ours: number;
  /** Null where there is no peer to compare with. */
  peer: number | null;
  /** peer ÷ ours: how many times better ours is. */
  ratio: number | null;
  budget: string;
  holds: boolean;
}

/** @returns NaN for no values */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
