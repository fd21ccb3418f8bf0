import type { QueueReading } from '../model/sweep';
import type { Figures, QueueSeries } from '../model/series';
import type { ColumnName, Columns, Run, Slot } from './columns';

/** Figures that room is made for at once, at most: half a megabyte. */
const blockLength = 65_536;

/**
 * Consecutive sweeps of a ring, and each queue's figures over them. What is the same for most queues is made once and
 * shared by their series: thousands of queues are seen at the same moments.
 */
export class Window {
  private readonly at: Figures;
  private readonly places: readonly number[];
  private readonly runs: readonly Run[];
  private readonly unknown: Figures;
  private readonly calm: readonly boolean[];
  /** Where the figures of the next queues go: one piece of memory for many of them. */
  private block = new Float64Array(0);
  private taken = 0;

  constructor(slots: readonly Slot[]) {
    this.at = Float64Array.from(slots, ({ at }) => at);
    this.places = slots.map(({ place }) => place);
    this.runs = runsOf(this.places);
    this.unknown = new Float64Array(slots.length).fill(NaN);
    this.calm = slots.map(() => false);
  }

  /** A queue's figures at the sweeps that listed it. @param first its oldest row that is known */
  series(columns: Columns, first: QueueReading, latest: QueueReading, past: QueueSeries['past']): QueueSeries {
    const places = columns.listedAmong(this.places);
    const isWhole = places === this.places;
    return {
      id: latest.id,
      first,
      latest,
      past,
      at: isWhole ? this.at : this.at.filter((_, i) => columns.isListed(this.places[i] ?? -1)),
      backlog: this.column(columns, 'backlog', places),
      produced: this.column(columns, 'produced', places),
      consumed: this.column(columns, 'consumed', places),
      rebalancing: columns.rebalances(places) ?? (isWhole ? this.calm : this.calm.slice(0, places.length)),
    };
  }

  private column(columns: Columns, name: ColumnName, places: readonly number[]): Figures {
    if (!columns.has(name)) return this.unknown.subarray(0, places.length);
    const figures = this.take(places.length);
    columns.copy(name, places === this.places ? this.runs : runsOf(places), figures);
    return figures;
  }

  private take(length: number): Float64Array {
    if (this.taken + length > this.block.length) {
      this.block = new Float64Array(Math.max(length, Math.min(blockLength, 2 * this.block.length)));
      this.taken = 0;
    }
    return this.block.subarray(this.taken, (this.taken += length));
  }
}

/** Sweeps stand one beside the other but for where the ring begins again, and where some were left out. */
function runsOf(places: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run?.end === place) run.end++;
    else runs.push({ start: place, end: place + 1 });
  }
  return runs;
}
