/** Median of the slopes between all pairs of points (Theil 1950, Sen 1968). Null with fewer than two times. */
export function theilSen(points: readonly { at: number; value: number }[]): number | null {
  const slopes: number[] = [];
  points.forEach((a, i) => {
    for (let j = i + 1; j < points.length; j++) {
      const b = points[j];
      if (b && b.at !== a.at) slopes.push((b.value - a.value) / (b.at - a.at));
    }
  });
  return slopes.length === 0 ? null : median(slopes);
}

/** Middle value; the mean of the two middle ones for an even number. NaN of nothing. */
export function median(values: readonly number[]): number {
  // Typed arrays sort by value without a call for each comparison.
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/**
 * One-sided Mann–Kendall test for a rising sequence: the chance (0…1) that values in random order would rise at least
 * as much. Exact, by Kendall's count of permutations; ties count as neither, which makes the test careful.
 */
export function mannKendall(values: readonly number[]): number {
  let rises = 0;
  values.forEach((a, i) => {
    for (let j = i + 1; j < values.length; j++) rises += Math.sign((values[j] ?? NaN) - a);
  });
  const pairs = (values.length * (values.length - 1)) / 2;
  // S = pairs − 2 × inversions, so S ≥ rises is the same as at most this many inversions.
  return chanceOfInversions(values.length, Math.floor((pairs - rises) / 2));
}

const chances = new Map<number, readonly number[]>();

/** Share of the permutations of n values that have at most so many inversions: the sum of Mahonian numbers ÷ n!. */
function chanceOfInversions(n: number, most: number): number {
  let known = chances.get(n);
  if (!known) {
    let sum = 0;
    known = inversionShares(n).map((share) => (sum += share));
    chances.set(n, known);
  }
  return known[most] ?? 1;
}

/** Share of the permutations of n values that have 0, 1, 2 … inversions. */
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
