import {
  firstSince,
  seenStages,
  seenSteps,
  withOwnFigures,
  type Observation,
  type QueueSeries,
  type WholeObservation,
} from '../model/series';
import type { QueueReading, Sweep } from '../model/sweep';
import type { ColumnName, Columns, Slot } from './columns';
import { oldestRows, weightOf, type Details } from './details';
import { Ring } from './ring';
import { Window } from './window';

/** What limits a history. */
export interface HistoryOptions {
  /** How far back every sweep is kept, milliseconds; 1 h when absent. */
  keepMs?: number;
  /** For the columns of all queues together, bytes; 140 MB when absent. */
  memory?: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** An hour at ten seconds: 100 MB for 8,000 queues with all their figures. */
const hourSweeps = 400;
/** A day at one a minute: 40 MB for 1,000 such queues. */
const daySweeps = day / minute + 1;
const defaultMemory = 140e6;
const hourShare = 5 / 7;
/** Whole rows, partitions, members and bindings that may be kept beside the columns: some 50 MB. */
const mostDetails = 50_000;

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

/**
 * The last hour of sweeps, and the last day at one a minute, in columns that never take more than a given memory however many
 * queues there are and however long it runs: with more queues than they have room for, what is older is kept more
 * coarsely. Whole rows are kept while there is room, then ever fewer the older they are.
 */
export class History {
  private readonly hour: Ring<Details>;
  private readonly day: Ring;
  /** The last row of each queue that the hour has. */
  private readonly lastRows = new Map<string, QueueReading>();
  private newest: Sweep | null = null;

  constructor({ keepMs = 60 * minute, memory = defaultMemory }: HistoryOptions = {}) {
    this.hour = new Ring({ sweeps: hourSweeps, bytes: memory * hourShare, keepMs });
    this.day = new Ring({ sweeps: daySweeps, bytes: memory * (1 - hourShare), keepMs: day });
  }

  /** The sweep added last. */
  get latest(): Sweep | null {
    return this.newest;
  }

  /** What the columns take, bytes. */
  get bytes(): number {
    return this.hour.bytes + this.day.bytes;
  }

  /** What a reader has to be told of a history that had no room for all; null where it is whole. */
  get shortened(): string | null {
    if (!this.hour.isShort && !this.day.isShort) return null;
    const what = this.hour.isShort ? 'the last hour' : 'the last day';
    return `${this.hour.columns.size} queues share the memory for history: the older a part of ${what}, the fewer readings of it are kept`;
  }

  clear(): void {
    this.hour.clear();
    this.day.clear();
    this.lastRows.clear();
    this.newest = null;
  }

  /** Adds a sweep; one of the same moment replaces the last. After a clock was set back the history begins anew. */
  add(sweep: Sweep): void {
    const at = Date.parse(sweep.at);
    if (at < (this.hour.slots.at(-1)?.at ?? -Infinity)) this.clear();
    const weight = sweep.queues.reduce((sum, row) => sum + weightOf(row), 0);
    this.hour.add(at, sweep.queues, { stages: sweep.stages, steps: sweep.steps, rows: sweep.queues, weight });
    const minuteOf = (ms: number) => Math.floor(ms / minute);
    if (minuteOf(at) !== minuteOf(this.day.slots.at(-1)?.at ?? -Infinity)) this.day.add(at, sweep.queues, {});
    this.newest = sweep;
    for (const row of sweep.queues) this.lastRows.set(row.id, row);
    if (this.lastRows.size > this.hour.columns.size) this.forgetRows();
    this.thinRows(at);
  }

  /**
   * What was seen since a moment (milliseconds since the epoch), in the shape `observe` gives; everything when absent.
   * A queue's `first` is its oldest whole row that is still kept, so in a long window over very many queues it may be
   * younger than its first point.
   */
  observation(sinceMs = -Infinity): WholeObservation {
    const observed = this.observed(sinceMs);
    return { ...observed, queues: Array.from(observed.queues, withOwnFigures) };
  }

  /** The same, with the figures of one queue at a time: those of thousands would fill a hundred megabytes. */
  observed(sinceMs = -Infinity): Observation {
    const slots = this.slotsSince(sinceMs);
    const span = this.span(sinceMs);
    return {
      ...span,
      queues: { [Symbol.iterator]: () => this.series(() => sinceMs, span.to) },
      brokers: slots.length === 0 ? [] : (this.newest?.brokers ?? []),
      stages: seenStages(slots),
      steps: seenSteps(slots),
    };
  }

  /** From when until when a window reaches that begins at a moment, and its sweeps: nothing of a queue is looked at. */
  span(sinceMs: number): Pick<Observation, 'from' | 'to' | 'samples'> {
    const slots = this.slotsSince(sinceMs);
    return { from: slots[0]?.at ?? 0, to: slots.at(-1)?.at ?? 0, samples: slots.length };
  }

  /**
   * The queues one after the other, so that whoever reads thousands may pause in between. The figures of one are lent
   * until the next is asked for.
   * @param sinceOf from which moment on a queue is wanted, milliseconds since the epoch
   * @param until the last moment that counts; the newest when absent
   */
  *series(
    sinceOf: (id: string) => number,
    until = this.hour.slots.at(-1)?.at ?? -Infinity,
  ): Generator<QueueSeries, void> {
    let seen = this.seenUntil(until);
    for (const [id, columns] of [...this.hour.columns]) {
      // Sweeps may have come in such a pause, and taken the places of the oldest.
      if (seen.moves !== this.hour.moves) seen = this.seenUntil(until);
      const { slots, times, starts } = seen;
      const start = firstSince(times, sinceOf(id));
      const latest = this.lastRows.get(id);
      if (!latest || columns.seenAt < (times[start] ?? Infinity)) continue;
      const known = starts.get(start);
      const { window, firsts } = known ?? {
        window: new Window(slots.slice(start)),
        firsts: oldestRows(slots, start, this.hour.columns.size),
      };
      if (!known) starts.set(start, { window, firsts });
      const series = window.series(columns, firsts.get(id) ?? latest, latest, pastReading(columns, slots, start));
      // The sweep that listed it may have been replaced, or thinned out.
      if (series.at.length > 0) yield series;
    }
  }

  /** The sweeps of the hour up to a moment, and what was made of them for all queues: windows by where they begin. */
  private seenUntil(until: number) {
    const slots = this.hour.slots.filter(({ at }) => at <= until);
    const starts = new Map<number, { window: Window; firsts: ReadonlyMap<string, QueueReading> }>();
    return { moves: this.hour.moves, slots, times: slots.map(({ at }) => at), starts };
  }

  /** Did a sweep since a moment list the queue? Milliseconds since the epoch. */
  listedSince(id: string, sinceMs: number): boolean {
    return (this.hour.columns.get(id)?.seenAt ?? -Infinity) >= sinceMs;
  }

  /** A queue's known backlogs of the last so many milliseconds before the newest sweep; empty for an unknown id. */
  recent(id: string, ms: number): [at: number, backlog: number][] {
    const columns = this.hour.columns.get(id);
    const since = (this.hour.slots.at(-1)?.at ?? 0) - ms;
    if (!columns) return [];
    return this.hour.slots
      .filter(({ at, place }) => at >= since && columns.isListed(place))
      .map(({ at, place }): [number, number] => [at, columns.value('backlog', place)])
      .filter(([, backlog]) => !Number.isNaN(backlog));
  }

  /** A queue as the newest sweep has it; null when it does not list it. */
  reading(id: string): QueueReading | null {
    const columns = this.hour.columns.get(id);
    return columns?.seenAt === this.hour.slots.at(-1)?.at ? (this.lastRows.get(id) ?? null) : null;
  }

  /**
   * A queue's figures at each sweep that listed it, for a chart; null for an unknown id.
   * @param span `day`: before the last hour at most one sweep a minute
   */
  trace(id: string, span: 'hour' | 'day' = 'hour'): Trace | null {
    const hour = this.hour.columns.get(id);
    const first = this.hour.slots[0]?.at ?? Infinity;
    const day = span === 'day' ? this.day.columns.get(id) : undefined;
    if (!hour && !day) return null;
    const pieces = [
      day
        ? traceOf(
            day,
            this.day.slots.filter(({ at }) => at < first),
          )
        : nothing,
      hour ? traceOf(hour, this.hour.slots) : nothing,
    ];
    const joined = (name: keyof Trace) => pieces.flatMap((piece) => piece[name]);
    return {
      at: joined('at'),
      ...{ backlog: joined('backlog'), produced: joined('produced'), consumed: joined('consumed'), age: joined('age') },
    };
  }

  private slotsSince(sinceMs: number): readonly (Slot & Details)[] {
    return this.hour.slots.filter(({ at }) => at >= sinceMs);
  }

  private forgetRows(): void {
    for (const id of this.lastRows.keys()) if (!this.hour.columns.has(id)) this.lastRows.delete(id);
  }

  /** Gives up the rows that stand closest between their neighbours for their age: what stays is spread evenly by age. */
  private thinRows(now: number): void {
    const whole = this.hour.slots.filter(({ rows }) => rows !== null);
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

const nothing: Trace = { at: [], backlog: [], produced: [], consumed: [], age: [] };

function traceOf(columns: Columns, slots: readonly Slot[]): Trace {
  const listed = slots.filter(({ place }) => columns.isListed(place));
  const column = (name: ColumnName) => listed.map(({ place }) => columns.value(name, place));
  return {
    at: listed.map(({ at }) => at),
    ...{ backlog: column('backlog'), produced: column('produced'), consumed: column('consumed'), age: column('age') },
  };
}

function pastReading(columns: Columns, slots: readonly Slot[], end: number): QueueSeries['past'] {
  for (let i = 0; i < end; i++) {
    const slot = slots[i];
    const produced = slot && columns.isListed(slot.place) ? columns.value('produced', slot.place) : NaN;
    if (slot && !Number.isNaN(produced)) return { at: slot.at, produced };
  }
  return null;
}
