const fewValues = 64;
/** Where a few values are put in order: every queue of thousands has some, and none are kept. */
const few = new Float64Array(fewValues);

/** Median of the slopes between all pairs of points (Theil 1950, Sen 1968). Null with fewer than two times. */
export function theilSen(points: readonly { at: number; value: number }[]): number | null {
  const pairs = (points.length * (points.length - 1)) / 2;
  const slopes = pairs <= fewValues ? few : new Float64Array(pairs);
  let found = 0;
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      const [a, b] = [points[i], points[j]];
      if (a && b && b.at !== a.at) slopes[found++] = (b.value - a.value) / (b.at - a.at);
    }
  }
  return found === 0 ? null : medianOfFirst(slopes, found);
}

/** Middle value; the mean of the two middle ones for an even number. NaN of nothing. */
export function median(values: readonly number[]): number {
  const room = values.length <= fewValues ? few : new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) room[i] = values[i] ?? NaN;
  return medianOfFirst(room, values.length);
}

/** Of the first so many values, which are put in order. */
function medianOfFirst(values: Float64Array, length: number): number {
  // A few are sooner in order than a sort that is made for many has begun.
  if (length <= fewValues) insertionSort(values, length);
  else values.subarray(0, length).sort();
  const [low, high] = [Math.ceil(length / 2) - 1, Math.floor(length / 2)];
  return ((values[low] ?? NaN) + (values[high] ?? NaN)) / 2;
}

function insertionSort(values: Float64Array, length: number): void {
  for (let i = 1; i < length; i++) {
    const value = values[i] ?? NaN;
    let to = i;
    for (; to > 0 && (values[to - 1] ?? NaN) > value; to--) values[to] = values[to - 1] ?? NaN;
    values[to] = value;
  }
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
