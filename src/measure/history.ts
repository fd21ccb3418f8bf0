import { isRebalancing, orNaN, seenStages, seenSteps, type Observation, type QueueSeries } from '../model/series';
import type { QueueReading, StageReading, StepReading, Sweep } from '../model/sweep';

export interface HistoryOptions {
  /** How far back, milliseconds; 1 h when absent. */
  keepMs?: number;
}

/** An hour at ten seconds; with faster sampling the older half keeps every other sweep. */
const mostSweeps = 400;
/** Whole rows and partitions that may be kept beside the columns: some 50 MB. */
const mostDetails = 50_000;

/** One sweep, and where its figures stand in every queue's columns. */
interface Slot {
  at: number;
  place: number;
  stages: readonly StageReading[];
  steps: readonly StepReading[];
  /** The whole rows, as long as there is room for them. */
  rows: readonly QueueReading[] | null;
  /** Rows and partitions. */
  weight: number;
}

/** One queue over time: columns of one length; NaN where a figure was null. */
export interface Trace {
  /** Milliseconds since the epoch, ascending. */
  at: readonly number[];
  /** Messages. */
  backlog: readonly number[];
  /** Counters. */
  produced: readonly number[];
  consumed: readonly number[];
  /** Of the oldest message, seconds. */
  age: readonly number[];
}

/** The figures of one queue; those of a sweep stand at its slot's place in each column. */
class Columns {
  /** 1 where the sweep listed the queue. */
  readonly listed = new Uint8Array(mostSweeps);
  readonly backlog = new Float64Array(mostSweeps);
  readonly produced = new Float64Array(mostSweeps);
  readonly consumed = new Float64Array(mostSweeps);
  readonly age = new Float32Array(mostSweeps);
  /** 1 where its group was sharing out its partitions. */
  readonly rebalancing = new Uint8Array(mostSweeps);

  constructor(
    public latest: QueueReading,
    public seenAt: number,
  ) {}

  set(place: number, at: number, row: QueueReading): void {
    this.latest = row;
    this.seenAt = at;
    this.listed[place] = 1;
    this.backlog[place] = orNaN(row.backlog);
    this.produced[place] = orNaN(row.produced);
    this.consumed[place] = orNaN(row.consumed);
    this.age[place] = orNaN(row.ageSeconds);
    this.rebalancing[place] = isRebalancing(row) ? 1 : 0;
  }
}

/**
 * The last hour of sweeps in columns of fixed length, so that memory stays flat however long it runs. Whole rows are kept
 * while there is room, then ever fewer the older they are.
 */
export class History {
  private readonly keepMs: number;
  private readonly columns = new Map<string, Columns>();
  private slots: Slot[] = [];
  private free: number[] = [];
  private newest: Sweep | null = null;

  constructor(options: HistoryOptions = {}) {
    this.keepMs = options.keepMs ?? 3_600_000;
    this.clear();
  }

  /** The sweep added last. */
  get latest(): Sweep | null {
    return this.newest;
  }

  clear(): void {
    this.columns.clear();
    this.slots = [];
    this.free = Array.from({ length: mostSweeps }, (_, place) => place);
    this.newest = null;
  }

  /** Adds a sweep; one of the same moment replaces the last. After a clock was set back the history begins anew. */
  add(sweep: Sweep): void {
    const at = Date.parse(sweep.at);
    if (at < (this.slots.at(-1)?.at ?? -Infinity)) this.clear();
    this.drop((slot) => slot.at < at - this.keepMs || slot.at === at);
    if (this.slots.length === mostSweeps) this.drop((_, index) => index < mostSweeps / 2 && index % 2 === 1);
    const place = this.free.pop() ?? 0;
    for (const columns of this.columns.values()) columns.listed[place] = 0;
    let weight = 0;
    for (const row of sweep.queues) {
      const columns = this.columns.get(row.id) ?? new Columns(row, at);
      this.columns.set(row.id, columns);
      columns.set(place, at, row);
      weight += 1 + (row.partitions?.length ?? 0);
    }
    this.slots.push({ at, place, stages: sweep.stages, steps: sweep.steps, rows: sweep.queues, weight });
    this.newest = sweep;
    this.forgetUnlisted();
    this.thinRows(at);
  }

  /**
   * What was seen since a moment (milliseconds since the epoch), in the shape `observe` gives; everything when absent.
   * A queue's `first` is its oldest whole row that is still kept, so in a long window over very many queues it may be
   * younger than its first point.
   */
  observation(sinceMs = -Infinity): Observation {
    const slots = this.slots.filter(({ at }) => at >= sinceMs);
    return {
      from: slots[0]?.at ?? 0,
      to: slots.at(-1)?.at ?? 0,
      samples: slots.length,
      queues: [...this.series(sinceMs)],
      brokers: slots.length === 0 ? [] : (this.newest?.brokers ?? []),
      stages: seenStages(slots),
      steps: seenSteps(slots),
    };
  }

  /** The queues of such an observation one after the other, so that whoever reads thousands may pause in between. */
  *series(sinceMs = -Infinity): Generator<QueueSeries, void> {
    const slots = this.slots.filter(({ at }) => at >= sinceMs);
    const earlier = this.slots.filter(({ at }) => at < sinceMs);
    const from = slots[0]?.at ?? Infinity;
    const firsts = new Map<string, QueueReading>();
    for (const { rows } of slots) for (const row of rows ?? []) if (!firsts.has(row.id)) firsts.set(row.id, row);
    for (const [id, columns] of this.columns) {
      if (columns.seenAt < from) continue;
      const series = seriesOf(id, columns, slots, earlier, firsts.get(id) ?? columns.latest);
      if (series.at.length > 0) yield series;
    }
  }

  /** A queue's known backlogs of the last so many milliseconds before the newest sweep; empty for an unknown id. */
  recent(id: string, ms: number): [at: number, backlog: number][] {
    const columns = this.columns.get(id);
    const since = (this.slots.at(-1)?.at ?? 0) - ms;
    if (!columns) return [];
    return this.slots
      .filter(({ at, place }) => at >= since && columns.listed[place] === 1)
      .map(({ at, place }): [number, number] => [at, columns.backlog[place] ?? NaN])
      .filter(([, backlog]) => !Number.isNaN(backlog));
  }

  /** A queue as the newest sweep has it; null when it does not list it. */
  reading(id: string): QueueReading | null {
    const columns = this.columns.get(id);
    return columns && columns.seenAt === this.slots.at(-1)?.at ? columns.latest : null;
  }

  /** A queue's figures at each sweep that listed it, for a chart; null for an unknown id. */
  trace(id: string): Trace | null {
    const columns = this.columns.get(id);
    if (!columns) return null;
    const listed = this.slots.filter(({ place }) => columns.listed[place] === 1);
    const column = (values: Float64Array | Float32Array) => listed.map(({ place }) => values[place] ?? NaN);
    const { backlog, produced, consumed, age } = columns;
    return {
      at: listed.map(({ at }) => at),
      ...{ backlog: column(backlog), produced: column(produced), consumed: column(consumed), age: column(age) },
    };
  }

  private drop(unwanted: (slot: Slot, index: number) => boolean): void {
    const dropped = new Set(this.slots.filter(unwanted));
    if (dropped.size === 0) return;
    this.free.push(...[...dropped].map(({ place }) => place));
    this.slots = this.slots.filter((slot) => !dropped.has(slot));
  }

  private forgetUnlisted(): void {
    const oldest = this.slots[0]?.at ?? 0;
    for (const [id, { seenAt }] of this.columns) if (seenAt < oldest) this.columns.delete(id);
  }

  /** Gives up the rows that stand closest between their neighbours for their age: what stays is spread evenly by age. */
  private thinRows(now: number): void {
    const whole = this.slots.filter(({ rows }) => rows !== null);
    let total = whole.reduce((sum, { weight }) => sum + weight, 0);
    while (total > mostDetails && whole.length > 2) {
      const crowding = (index: number) =>
        ((whole[index + 1]?.at ?? now) - (whole[index - 1]?.at ?? 0)) / (now - (whole[index]?.at ?? 0));
      let closest = 1;
      for (let index = 2; index < whole.length - 1; index++) if (crowding(index) < crowding(closest)) closest = index;
      const [slot] = whole.splice(closest, 1);
      if (!slot) return;
      slot.rows = null;
      total -= slot.weight;
    }
  }
}

function seriesOf(
  id: string,
  columns: Columns,
  slots: readonly Slot[],
  earlier: readonly Slot[],
  first: QueueReading,
): QueueSeries {
  const at: number[] = [];
  const backlog: number[] = [];
  const produced: number[] = [];
  const consumed: number[] = [];
  const rebalancing: boolean[] = [];
  for (const { at: time, place } of slots) {
    if (columns.listed[place] !== 1) continue;
    at.push(time);
    backlog.push(columns.backlog[place] ?? NaN);
    produced.push(columns.produced[place] ?? NaN);
    consumed.push(columns.consumed[place] ?? NaN);
    rebalancing.push(columns.rebalancing[place] === 1);
  }
  const producedAt = ({ place }: Slot) => columns.produced[place] ?? NaN;
  const past = earlier.find((slot) => columns.listed[slot.place] === 1 && !Number.isNaN(producedAt(slot)));
  return {
    ...{ id, first, latest: columns.latest, at, backlog, produced, consumed, rebalancing },
    past: past ? { at: past.at, produced: producedAt(past) } : null,
  };
}
