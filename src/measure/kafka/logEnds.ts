import { breathe } from '../slices';
import type { PartitionState, TopicState } from './state';

/** Where the end of one log stood when; both ascend. A stretch without growth has two points, its beginning and its end. */
interface Curve {
  at: number[];
  end: number[];
}

/** Points kept of one log, fewer when there are very many logs: some 16 bytes each. */
const mostPoints = 32;
const fewestPoints = 4;
const mostPointsOfAll = 2_000_000;

/**
 * The log ends of past sweeps, by which the time of a record is told without reading it: between two sweeps records are
 * taken to have come evenly. Older points are kept ever farther apart, so that the error stays a small share of the age.
 */
export class LogEnds {
  private readonly topics = new Map<string, { id: string | null; curves: Map<number, Curve> }>();
  private latest = -Infinity;

  /** Takes in the ends read at a moment (milliseconds since the epoch). After a clock was set back it begins anew. */
  async add(at: number, topics: ReadonlyMap<string, TopicState>): Promise<void> {
    if (at < this.latest) this.topics.clear();
    this.latest = at;
    for (const name of this.topics.keys()) if (!topics.has(name)) this.topics.delete(name);
    let partitionsOfAll = 0;
    for (const { partitions } of topics.values()) partitionsOfAll += partitions.length;
    const most = Math.max(fewestPoints, Math.min(mostPoints, Math.floor(mostPointsOfAll / partitionsOfAll)));
    for (const [name, { id, partitions }] of topics) {
      addTopic(this.curvesOf(name, id), at, partitions, most);
      await breathe();
    }
  }

  /**
   * When the record at that offset was appended, milliseconds since the epoch; `isBound` when it was there at the first
   * sight of the log, so that it is at least as old. Null for a record that was never seen.
   */
  appendedAt(topic: string, partition: number, offset: number): { at: number; isBound: boolean } | null {
    const { at, end } = this.topics.get(topic)?.curves.get(partition) ?? { at: [], end: [] };
    const after = end.findIndex((seen) => seen > offset);
    const [earlier = 0, later = 0, low = 0, high = 1] = [at[after - 1], at[after], end[after - 1], end[after]];
    if (after < 0) return null;
    if (after === 0) return { at: later, isBound: true };
    return { at: earlier + ((later - earlier) * (offset + 1 - low)) / (high - low), isBound: false };
  }

  /** A topic made again begins anew. */
  private curvesOf(name: string, id: string | null): Map<number, Curve> {
    let topic = this.topics.get(name);
    if (topic?.id !== id) {
      topic = { id, curves: new Map() };
      this.topics.set(name, topic);
    }
    return topic.curves;
  }
}

function addTopic(curves: Map<number, Curve>, at: number, partitions: readonly PartitionState[], most: number): void {
  for (const { partition, end } of partitions) {
    if (end === null) continue;
    const before = curves.get(partition);
    if (before && end >= (before.end.at(-1) ?? 0)) extend(before, at, end, most);
    // First seen, or shorter than before: a topic made again by a broker that tells no ids.
    else curves.set(partition, { at: [at], end: [end] });
  }
}

function extend(curve: Curve, at: number, end: number, most: number): void {
  const stoodStill = curve.end.at(-1) === end && curve.end.at(-2) === end;
  if (stoodStill) curve.at[curve.at.length - 1] = at;
  else {
    curve.at.push(at);
    curve.end.push(end);
  }
  while (curve.at.length > most) thin(curve, at);
}

/** Gives up the point that stands closest between its neighbours for its age; never the first or the last. */
function thin({ at, end }: Curve, now: number): void {
  let [closest, least] = [1, Infinity];
  for (let i = 1; i < at.length - 1; i++) {
    const crowding = ((at[i + 1] ?? 0) - (at[i - 1] ?? 0)) / (now - (at[i] ?? 0));
    if (crowding < least) [closest, least] = [i, crowding];
  }
  at.splice(closest, 1);
  end.splice(closest, 1);
}
