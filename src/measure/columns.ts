import { isRebalancing, orNaN } from '../model/series';
import type { QueueReading } from '../model/sweep';

/** One sweep, and where its figures stand in every queue's columns. */
export interface Slot {
  /** Milliseconds since the epoch. */
  at: number;
  place: number;
}

/** Places one after the other, from `start` up to and without `end`. */
export interface Run {
  start: number;
  end: number;
}

/** Figures that are kept over time. */
const names = ['backlog', 'produced', 'consumed', 'age'] as const;
export type ColumnName = (typeof names)[number];
type Column = Float64Array | Float32Array;

const figureOf = (row: QueueReading, name: ColumnName) => orNaN(name === 'age' ? row.ageSeconds : row[name]);
/** Counters and backlogs go beyond what 32 bits hold exactly; an age does not. */
const emptyColumn = (name: ColumnName, length: number): Column =>
  (name === 'age' ? new Float32Array(length) : new Float64Array(length)).fill(NaN);
const listedFlag = 1;
const rebalancingFlag = 2;

/** The figures of one queue; those of a sweep stand at its slot's place. A figure that was never known has no column. */
export class Columns {
  /** Bytes a sweep takes. */
  width = 1;
  private flags: Uint8Array;
  private hasRebalanced = false;
  private readonly values: Record<ColumnName, Column | null> = {
    backlog: null,
    produced: null,
    consumed: null,
    age: null,
  };

  constructor(
    private length: number,
    public seenAt: number,
  ) {
    this.flags = new Uint8Array(length);
  }

  isListed(place: number): boolean {
    return ((this.flags[place] ?? 0) & listedFlag) !== 0;
  }

  isRebalancing(place: number): boolean {
    return ((this.flags[place] ?? 0) & rebalancingFlag) !== 0;
  }

  /** Those of the places that list the queue: the very same array where all do. */
  listedAmong(places: readonly number[]): readonly number[] {
    for (const place of places) {
      if (!this.isListed(place)) return places.filter((each) => this.isListed(each));
    }
    return places;
  }

  /** Was the figure ever known? */
  has(name: ColumnName): boolean {
    return this.values[name] !== null;
  }

  /** Copies a figure's runs, one after the other. A figure that was never known leaves all as it is. */
  copy(name: ColumnName, runs: readonly Run[], to: Float64Array): void {
    const column = this.values[name];
    if (!column) return;
    let length = 0;
    for (const { start, end } of runs) {
      to.set(column.subarray(start, end), length);
      length += end - start;
    }
  }

  /** Whether its group was sharing out its partitions, at each place; null where it was at none. */
  rebalances(places: readonly number[]): boolean[] | null {
    return this.hasRebalanced && places.some((place) => this.isRebalancing(place))
      ? places.map((place) => this.isRebalancing(place))
      : null;
  }

  /** NaN where it was not known. */
  value(name: ColumnName, place: number): number {
    return this.values[name]?.[place] ?? NaN;
  }

  clear(place: number): void {
    this.flags[place] = 0;
  }

  set(place: number, at: number, row: QueueReading): void {
    this.seenAt = at;
    const rebalances = isRebalancing(row);
    this.hasRebalanced ||= rebalances;
    this.flags[place] = listedFlag | (rebalances ? rebalancingFlag : 0);
    for (const name of names) {
      const value = figureOf(row, name);
      const column = this.values[name] ?? (Number.isNaN(value) ? null : this.begin(name));
      if (column) column[place] = value;
    }
  }

  private begin(name: ColumnName): Column {
    const column = emptyColumn(name, this.length);
    this.values[name] = column;
    this.width += column.BYTES_PER_ELEMENT;
    return column;
  }

  /** Gives every column another length; the figures at `places` move to the front, in that order. */
  resize(length: number, places: readonly number[]): void {
    const old = { ...this.values, flags: this.flags };
    this.length = length;
    this.flags = new Uint8Array(length);
    for (const [i, place] of places.entries()) this.flags[i] = old.flags[place] ?? 0;
    for (const name of names) {
      if (!old[name]) continue;
      const column = emptyColumn(name, length);
      for (const [i, place] of places.entries()) column[i] = old[name][place] ?? NaN;
      this.values[name] = column;
    }
  }
}
