/** A pause is a habit when another one at least this long, as a share of it, ended within this many of its lengths. */
const alike = 0.7;
const habitLengths = 6;
/** Enough for four rounds of a consumer that pauses shortly while it works. */
const mostRemembered = 16;
/** Longer waits are no way of working. Milliseconds. */
const longestHabit = 900_000;
/** A sample that comes so many times later than the one before it did says nothing of the time between. */
const gapFactor = 3;

/**
 * Learns how long a consumer usually lets messages wait before it finishes some, because it commits rarely or works in
 * batches, and tells how long it has finished nothing now. An outage is no habit: outages are rare for their length.
 */
export class Pauses {
  private last: { at: number; consumed: number; waits: boolean; tookMs: number } | null = null;
  private readonly ended: { at: number; lengthMs: number }[] = [];
  /** How long nothing was finished at the newest sample while something waited, milliseconds. */
  stillMs = 0;
  /** At how many samples something had been finished since the one before. */
  moves = 0;

  /**
   * @param at milliseconds since the epoch, ascending
   * @param consumed counter; a reading that is NaN is left out
   * @param waits something waits to be finished
   */
  add(at: number, consumed: number, waits: boolean): void {
    if (Number.isNaN(consumed)) return;
    const { last } = this;
    const passed = at - (last?.at ?? at);
    const tookMs = last && last.tookMs > 0 ? Math.min(passed, gapFactor * last.tookMs) : passed;
    this.last = { at, consumed, waits, tookMs: passed };
    if (!last) return;
    if (consumed === last.consumed) {
      this.stillMs = waits && last.waits ? this.stillMs + tookMs : 0;
      return;
    }
    this.moves++;
    if (this.stillMs > 0) {
      this.ended.push({ at, lengthMs: Math.min(longestHabit, this.stillMs + tookMs) });
      if (this.ended.length > mostRemembered) this.ended.shift();
    }
    this.stillMs = 0;
  }

  /** The longest pause that is a habit by now, milliseconds; 0 for none. */
  usualMs(now: number): number {
    let usual = 0;
    for (const { lengthMs } of this.ended) {
      if (lengthMs <= usual) continue;
      const since = now - habitLengths * lengthMs;
      let times = 0;
      for (const other of this.ended) if (other.at >= since && other.lengthMs >= alike * lengthMs) times++;
      if (times > 1) usual = lengthMs;
    }
    return usual;
  }
}
