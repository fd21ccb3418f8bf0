import { breathe } from '../slices';
import type { PartitionState, TopicState } from './state';

/**
 * Where the end of one log stood when: the time and the end in turn, both ascending. A stretch without growth has two
 * points, its beginning and its end. One list of numbers, as there is one for each of many thousand partitions.
 */
type Curve = number[];

/** Points kept of one log, fewer when there are very many logs: some 16 bytes each. */
const mostPoints = 32;
const fewestPoints = 4;
const mostPointsOfAll = 2_000_000;

/**
 * The log ends of past sweeps, by which the time of a record is told without reading it: between two sweeps records are
 * taken to have come evenly. Older points are kept ever farther apart, so that the error stays a small share of the age.
 */
export class LogEnds {
  /** The curves by partition. */
  private readonly topics = new Map<string, { id: string | null; curves: Curve[] }>();
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
    const curve = this.topics.get(topic)?.curves[partition] ?? [];
    let later = 0;
    while (later < curve.length && (curve[later + 1] ?? 0) <= offset) later += 2;
    const at = curve[later];
    const high = curve[later + 1] ?? 0;
    if (at === undefined) return null;
    const before = curve[later - 2];
    const low = curve[later - 1] ?? 0;
    if (before === undefined) return { at, isBound: true };
    return { at: before + ((at - before) * (offset + 1 - low)) / (high - low), isBound: false };
  }

  /** A topic made again begins anew. */
  private curvesOf(name: string, id: string | null): Curve[] {
    let topic = this.topics.get(name);
    if (topic?.id !== id) {
      topic = { id, curves: [] };
      this.topics.set(name, topic);
    }
    return topic.curves;
  }
}

function addTopic(curves: Curve[], at: number, partitions: readonly PartitionState[], most: number): void {
  for (const { partition, end } of partitions) {
    if (end === null) continue;
    const before = curves[partition];
    if (before && end >= (before.at(-1) ?? 0)) extend(before, at, end, most);
    // First seen, or shorter than before: a topic made again by a broker that tells no ids.
    else curves[partition] = [at, end];
  }
}

function extend(curve: Curve, at: number, end: number, most: number): void {
  const stoodStill = curve.at(-1) === end && curve.at(-3) === end;
  if (stoodStill) curve[curve.length - 2] = at;
  else curve.push(at, end);
  while (curve.length > 2 * most) thin(curve, at);
}

/** Gives up the point that stands closest between its neighbours for its age; never the first or the last. */
function thin(curve: Curve, now: number): void {
  let [closest, least] = [2, Infinity];
  for (let i = 2; i < curve.length - 2; i += 2) {
    const crowding = ((curve[i + 2] ?? 0) - (curve[i - 2] ?? 0)) / (now - (curve[i] ?? 0));
    if (crowding < least) [closest, least] = [i, crowding];
  }
  curve.splice(closest, 2);
}
