import type { QueueReading } from '../model/sweep';
import { Columns, type Slot } from './columns';

/** What limits the sweeps that are kept; whichever is met first. */
export interface RingLimits {
  /** Sweeps at most. */
  sweeps: number;
  /** Of all columns together, whatever the number of queues. */
  bytes: number;
  /** How far back, milliseconds. */
  keepMs: number;
}

/** Sweeps for which there is room at first; with fewer nothing could be told at all. */
const fewest = 4;
/** Queues that are listed no more, at most: where each job has a queue of its own, hundreds go every minute. */
const mostGone = 20_000;
/** Growing by less is not worth moving every figure. */
const worthwhile = 1.25;

/**
 * The figures of all queues at the last so many sweeps, in columns that grow with what is in them. When they are full the
 * older half keeps every other sweep: what is kept reaches as far back, ever more coarsely.
 */
export class Ring<Extra extends object = object> {
  readonly columns = new Map<string, Columns>();
  slots: (Slot & Extra)[] = [];
  /** Another number whenever figures moved or went: what was known of places holds no more. */
  moves = 0;
  private free: number[] = [];
  private length = 0;
  /** Bytes a sweep takes over all queues. */
  private width = 0;
  private shortened = false;

  constructor(private readonly limits: RingLimits) {
    this.clear();
  }

  /** What the columns take, bytes. */
  get bytes(): number {
    return this.length * this.width;
  }

  /** Did the number of queues leave room for fewer sweeps than there were? */
  get isShort(): boolean {
    return this.shortened;
  }

  clear(): void {
    this.moves++;
    this.columns.clear();
    this.slots = [];
    this.length = fewest;
    this.width = 0;
    this.shortened = false;
    this.free = places(fewest);
  }

  /** Adds a sweep that is younger than all before; one of the same moment replaces the last. */
  add(at: number, rows: readonly QueueReading[], extra: Extra): void {
    this.drop((slot) => slot.at < at - this.limits.keepMs || slot.at === at);
    if (this.slots.length === this.length && !this.grow()) this.thin();
    const place = this.free.pop() ?? 0;
    for (const columns of this.columns.values()) columns.clear(place);
    for (const row of rows) {
      const columns = this.columns.get(row.id) ?? new Columns(this.length, at);
      this.columns.set(row.id, columns);
      columns.set(place, at, row);
    }
    this.slots.push({ ...extra, at, place });
    this.forgetUnlisted();
    while (this.bytes > this.limits.bytes && this.length > fewest) this.shrink();
  }

  private grow(): boolean {
    const { sweeps, bytes } = this.limits;
    const length = Math.min(2 * this.length, sweeps, Math.floor(bytes / Math.max(1, this.width)));
    if (length < this.length * worthwhile && length < sweeps) return false;
    if (length <= this.length) return false;
    this.resize(length);
    return true;
  }

  private shrink(): void {
    const length = Math.max(fewest, Math.floor(this.length / 2));
    while (this.slots.length > length) this.thin();
    this.resize(length);
  }

  /** The younger half stays whole. */
  private thin(): void {
    this.shortened ||= this.length < this.limits.sweeps;
    const half = this.slots.length / 2;
    this.drop((_, index) => index < half && index % 2 === 1);
  }

  private resize(length: number): void {
    this.moves++;
    const taken = this.slots.map(({ place }) => place);
    for (const columns of this.columns.values()) columns.resize(length, taken);
    this.slots.forEach((slot, i) => (slot.place = i));
    this.length = length;
    this.free = places(length).slice(0, length - this.slots.length);
  }

  private drop(unwanted: (slot: Slot, index: number) => boolean): void {
    const kept = this.slots.filter((slot, index) => {
      const drops = unwanted(slot, index);
      if (drops) this.free.push(slot.place);
      return !drops;
    });
    if (kept.length === this.slots.length) return;
    this.slots = kept;
    this.moves++;
  }

  private forgetUnlisted(): void {
    const oldest = this.slots[0]?.at ?? 0;
    const newest = this.slots.at(-1)?.at ?? 0;
    const gone: [id: string, seenAt: number][] = [];
    for (const [id, { seenAt }] of this.columns) {
      if (seenAt < oldest) this.columns.delete(id);
      else if (seenAt < newest) gone.push([id, seenAt]);
    }
    if (gone.length > mostGone) {
      // Half of them, so that not every sweep has to choose.
      gone.sort(([, a], [, b]) => a - b);
      for (const [id] of gone.slice(0, -mostGone / 2)) this.columns.delete(id);
    }
    this.width = 0;
    for (const { width } of this.columns.values()) this.width += width;
  }
}

/** The highest first, so that taking from the end begins at 0. */
const places = (length: number) => Array.from({ length }, (_, i) => length - 1 - i);
