import type { QueueReading } from '../model/sweep';
import type { QueueSeries } from '../model/series';
import type { ColumnName, Columns, Slot } from './columns';

/**
 * Consecutive sweeps of a ring, and each queue's figures over them. What is the same for most queues is made once and
 * shared by their series: thousands of queues are seen at the same moments.
 */
export class Window {
  private readonly at: readonly number[];
  private readonly places: readonly number[];
  private readonly unknown: readonly number[];
  private readonly calm: readonly boolean[];

  constructor(slots: readonly Slot[]) {
    this.at = slots.map(({ at }) => at);
    this.places = slots.map(({ place }) => place);
    this.unknown = slots.map(() => NaN);
    this.calm = slots.map(() => false);
  }

  /** A queue's figures at the sweeps that listed it. @param rows its oldest that is known, and its last one */
  series(columns: Columns, rows: Record<'first' | 'latest', QueueReading>, past: QueueSeries['past']): QueueSeries {
    const { first, latest } = rows;
    const places = columns.listedAmong(this.places);
    const column = (name: ColumnName) => columns.figures(name, places) ?? this.of(places, this.unknown);
    return {
      ...{ id: latest.id, first, latest, past },
      at: places === this.places ? this.at : this.at.filter((_, i) => columns.isListed(this.places[i] ?? -1)),
      ...{ backlog: column('backlog'), produced: column('produced'), consumed: column('consumed') },
      rebalancing: columns.rebalances(places) ?? this.of(places, this.calm),
    };
  }

  private of<Value>(places: readonly number[], all: readonly Value[]): readonly Value[] {
    return places.length === all.length ? all : all.slice(0, places.length);
  }
}
