/** When a partition had reached which end, so that the age of its oldest message can be told. */
interface Mark {
  at: number;
  end: number;
}
/** Marks kept for one partition before every other one is dropped. */
const mostMarks = 2048;

interface Partition {
  end: number;
  /** Finished by the consumer. */
  finished: number;
  /** Finished and told to the broker: what a sweep sees. */
  committed: number;
  /** Messages this partition is owed by its share of the traffic; between −1 and 1 most of the time. */
  owed: number;
  marks: Mark[];
  /** Its consumer finishes nothing any more. */
  hangs: boolean;
}

const emptyPartition = (): Partition => ({ end: 0, finished: 0, committed: 0, owed: 0, marks: [], hangs: false });

/** A partitioned queue that counts every message: produced − consumed = backlog at any moment. */
export class SimulatedQueue {
  readonly partitions: Partition[];
  private shares: readonly number[];
  private turn = 0;

  /**
   * @param shares of the traffic for each partition; they need not add up to 1
   * @param past messages produced and consumed before the simulation begins
   */
  constructor(
    shares: readonly number[],
    past: number,
    public capacity: number | null,
  ) {
    const total = shares.reduce((sum, share) => sum + share, 0);
    this.shares = shares.map((share) => share / total);
    this.partitions = this.shares.map(emptyPartition);
    this.produce(past);
    for (const partition of this.partitions) partition.finished = partition.committed = partition.end;
  }

  get produced(): number {
    return this.partitions.reduce((sum, { end }) => sum + end, 0);
  }
  get consumed(): number {
    return this.partitions.reduce((sum, { committed }) => sum + committed, 0);
  }
  get backlog(): number {
    return this.produced - this.consumed;
  }
  /** Messages that still fit; Infinity without a limit. */
  get room(): number {
    return this.capacity === null ? Infinity : Math.max(0, this.capacity - this.backlog);
  }

  /** From now on all of so many partitions, no fewer than there are, get the same; what waits stays where it is. */
  spreadOver(partitions: number): void {
    while (this.partitions.length < partitions) this.partitions.push(emptyPartition());
    this.shares = this.partitions.map(() => 1 / this.partitions.length);
  }

  /** Spreads messages over the partitions by their shares; every one of them lands somewhere. */
  produce(messages: number): void {
    let left = messages;
    this.partitions.forEach((partition, index) => {
      partition.owed += messages * (this.shares[index] ?? 0);
      const whole = Math.min(left, Math.max(0, Math.floor(partition.owed)));
      partition.end += whole;
      partition.owed -= whole;
      left -= whole;
    });
    // Rounding leaves fewer messages than partitions: they go to whom the most is owed.
    for (; left > 0; left--) {
      const neediest = this.partitions.reduce((most, partition) => (partition.owed > most.owed ? partition : most));
      neediest.end++;
      neediest.owed--;
    }
  }

  /**
   * Lets each of the consumers finish what it can; partition p belongs to consumer p mod instances.
   * @param budget messages that all consumers together could finish now
   * @param room messages that may be finished at most
   * @returns how many were finished
   */
  consume(instances: number, budget: number, room: number): number {
    let finished = 0;
    const count = this.partitions.length;
    this.turn++;
    for (let instance = 0; instance < Math.min(instances, count); instance++) {
      const extra = (instance + this.turn) % instances < budget % instances ? 1 : 0;
      let left = Math.min(Math.floor(budget / instances) + extra, room - finished);
      const own = Math.ceil((count - instance) / instances);
      for (let step = 0; step < own && left > 0; step++) {
        const partition = this.partitions[instance + ((step + this.turn) % own) * instances];
        if (!partition || partition.hangs) continue;
        const taken = Math.min(left, partition.end - partition.finished);
        partition.finished += taken;
        finished += taken;
        left -= taken;
      }
    }
    return finished;
  }

  /** From now on nobody finishes anything of this partition; of one it does not have, nothing changes. */
  hang(index: number): void {
    const partition = this.partitions[index];
    if (partition) partition.hangs = true;
  }

  /** Deletes everything, as if it had just been made. */
  empty(): void {
    for (const partition of this.partitions) {
      Object.assign(partition, { end: 0, finished: 0, committed: 0, owed: 0, marks: [] });
    }
  }

  /** Commits the partitions whose turn it is: each once a period, one after the other. Both in ticks, period ≥ 1. */
  commit(tick: number, period: number): void {
    for (let index = (period - (tick % period)) % period; index < this.partitions.length; index += period) {
      const partition = this.partitions[index];
      if (partition) partition.committed = partition.finished;
    }
  }

  /** Remembers the ends reached at this moment. */
  mark(at: number): void {
    for (const partition of this.partitions) {
      const { marks, committed } = partition;
      marks.push({ at, end: partition.end });
      while ((marks[1]?.end ?? Infinity) <= committed) marks.shift();
      if (marks.length > mostMarks) partition.marks = marks.filter((_, index) => index % 2 === 0);
    }
  }

  /** Seconds since the oldest unfinished message arrived, straight between two marks; 0 when none is left. */
  ageSeconds(now: number): number {
    let oldest = now;
    for (const { marks, committed, end } of this.partitions) {
      if (committed >= end) continue;
      const after = marks.findIndex((mark) => mark.end > committed);
      const until = marks[after];
      const since = after > 0 ? marks[after - 1] : marks.at(-1);
      if (!since) continue;
      const to = until ?? { at: now, end };
      const share = (committed - since.end) / Math.max(1, to.end - since.end);
      oldest = Math.min(oldest, since.at + Math.min(1, Math.max(0, share)) * (to.at - since.at));
    }
    return Math.max(0, (now - oldest) / 1000);
  }
}
