/** Median of the slopes between all pairs of points (Theil 1950, Sen 1968). Null with fewer than two times. */
export function theilSen(points: readonly { at: number; value: number }[]): number | null {
  const slopes = points.flatMap((a, i) =>
    points.slice(i + 1).flatMap((b) => (b.at === a.at ? [] : [(b.value - a.value) / (b.at - a.at)])),
  );
  return slopes.length === 0 ? null : median(slopes);
}

/** Middle value; the mean of the two middle ones for an even number. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/**
 * One-sided Mann–Kendall test for a rising sequence: the chance (0…1) that values in random order would rise at least
 * as much. Exact, by Kendall's count of permutations; ties count as neither, which makes the test careful.
 */
export function mannKendall(values: readonly number[]): number {
  let rises = 0;
  values.forEach((a, i) => values.slice(i + 1).forEach((b) => (rises += Math.sign(b - a))));
  const pairs = (values.length * (values.length - 1)) / 2;
  // S = pairs − 2 × inversions, so S ≥ rises is the same as at most this many inversions.
  const inversions = Math.floor((pairs - rises) / 2);
  return inversionShares(values.length)
    .slice(0, inversions + 1)
    .reduce((sum, share) => sum + share, 0);
}

/** Share of the permutations of n values that have 0, 1, 2 … inversions (Mahonian numbers ÷ n!). */
function inversionShares(n: number): number[] {
  let shares = [1];
  for (let size = 2; size <= n; size++) {
    const next = new Array<number>(shares.length + size - 1).fill(0);
    shares.forEach((share, inversions) => {
      for (let more = 0; more < size; more++) next[inversions + more] = (next[inversions + more] ?? 0) + share / size;
    });
    shares = next;
  }
  return shares;
}
