/** A repeatable stream of random numbers. */
export interface Random {
  /** 0 ≤ x < 1. */
  uniform(): number;
  /** How many of many rare events happen when `mean` are expected: Poisson, by its normal approximation from 30 up. */
  count(mean: number): number;
}

/**
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, the same numbers for the same seed on every machine.
 * @param seed any integer
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const count = (mean: number) => {
    if (mean <= 0) return 0;
    if (mean >= 30) {
      // Box and Muller: one normal number out of two uniform ones.
      const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
    }
    const limit = Math.exp(-mean);
    let events = 0;
    for (let product = uniform(); product > limit; product *= uniform()) events++;
    return events;
  };
  return { uniform, count };
}
