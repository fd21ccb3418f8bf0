import { count, duration, rate } from '../model/format';
import type { Note } from '../model/report';
import { note } from './notes';
import type { StageFigures } from './stages';
import type { QueueNode, StageNode } from './topology';

/** From this share of what arrives now on it is no burst that passes, but what arrives all the time. */
const lastingShare = 0.95;

/** A queue that grows only while a stage before it works off a backlog of its own. */
export interface PassingBurst {
  queue: QueueNode;
  /** Messages per second that will arrive once that is done, and that are finished now. */
  lasting: number;
  finished: number;
  /** The stages that work off what waited. */
  from: StageNode[];
}

type FiguresOf = (stage: StageNode) => StageFigures;

/**
 * The burst that makes a queue grow for a while, for which its reader is not to blame: stages before it finish more than
 * they get, and what they get in the long run its reader can do. Null when it grows for another reason.
 */
export function passingBurst(queue: QueueNode, figuresOf: FiguresOf): PassingBurst | null {
  const { arrivalRate, departureRate: finished, trend } = queue.report;
  if (trend.state !== 'growing' || arrivalRate === null || !finished) return null;
  const from: StageNode[] = [];
  const lasting = lastingRate(queue, arrivalRate, figuresOf, from);
  return lasting <= lastingShare * arrivalRate && lasting <= lastingShare * finished
    ? { queue, lasting, finished, from }
    : null;
}

/** Who works off what, and that it ends: nobody has to do anything. */
export function passingNote({ queue, lasting, finished, from }: PassingBurst, reader: StageNode): Note {
  const backlog = from.flatMap(({ inputs }) => inputs).reduce((sum, { report }) => sum + (report.backlog ?? 0), 0);
  const seconds = Math.max(0, ...from.flatMap(({ inputs }) => inputs).map(({ report }) => report.drainSeconds ?? 0));
  const who = from.map(({ name }) => name).join(', ');
  const text = `${reader.name} gets more than usual while ${who} works off ${count(backlog)} (${duration(seconds)} more): ${rate(lasting)} will arrive then, and ${rate(finished)} are finished.`;
  return note('info', 'burst-passes', text, { stage: reader.name, queue: queue.report.id });
}

/** Messages per second that arrive once no stage before works off a backlog. @param from is given who does now */
function lastingRate(
  queue: QueueNode,
  arrivalRate: number,
  figuresOf: FiguresOf,
  from: StageNode[],
  seen: ReadonlySet<QueueNode> = new Set(),
): number {
  const writers = queue.writers.filter(({ inputs }) => inputs.length > 0);
  const finished = writers.reduce((sum, writer) => sum + (figuresOf(writer).processingRate ?? 0), 0);
  if (seen.has(queue)) return arrivalRate;
  const each = Math.min(1, arrivalRate / finished) || 1;
  const extra = writers.map((writer) => {
    const { processingRate } = figuresOf(writer);
    const asked = writer.inputs.map((input) => {
      const pace = input.report.arrivalRate;
      return pace === null ? Infinity : lastingRate(input, pace, figuresOf, from, new Set([...seen, queue]));
    });
    const gets = asked.reduce((sum, pace) => sum + pace, 0);
    const drains = writer.inputs.some(({ report }) => report.trend.state === 'draining');
    if (drains && !from.includes(writer)) from.push(writer);
    return Math.max(0, (processingRate ?? 0) - gets);
  });
  return arrivalRate - each * extra.reduce((sum, pace) => sum + pace, 0);
}
