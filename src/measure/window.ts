import type { QueueReading } from '../model/sweep';
import type { Figures, QueueSeries } from '../model/series';
import type { Columns, Run, Slot } from './columns';

type Lent = 'backlog' | 'produced' | 'consumed';

/**
 * Consecutive sweeps of a ring, and one queue's figures over them after the other's, in the same memory: a series is to
 * be read before the next is asked for. Thousands of queues are seen at the same moments, so these are shared.
 */
export class Window {
  private readonly at: Figures;
  private readonly places: readonly number[];
  private readonly runs: readonly Run[];
  private readonly unknown: Figures;
  private readonly calm: readonly boolean[];
  private readonly lent: Record<Lent, Float64Array>;

  constructor(slots: readonly Slot[]) {
    this.at = Float64Array.from(slots, ({ at }) => at);
    this.places = slots.map(({ place }) => place);
    this.runs = runsOf(this.places);
    this.unknown = new Float64Array(slots.length).fill(NaN);
    this.calm = slots.map(() => false);
    const room = () => new Float64Array(slots.length);
    this.lent = { backlog: room(), produced: room(), consumed: room() };
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

  private column(columns: Columns, name: Lent, places: readonly number[]): Figures {
    const isKnown = columns.has(name);
    const figures = isKnown ? this.lent[name] : this.unknown;
    const isWhole = places === this.places;
    if (isKnown) columns.copy(name, isWhole ? this.runs : runsOf(places), figures);
    return isWhole ? figures : figures.subarray(0, places.length);
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
