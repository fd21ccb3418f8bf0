import type { BrokerReading } from '../model/sweep';
import { neverEmptied } from './facts';
import { largestStep } from './rates';
import type { QueueNode, StageNode } from './topology';

/** From this share of its limit up a queue counts as full: producers in flight keep it from standing at exactly 100 %. */
const fullShare = 0.95;

/**
 * Stands at its limit, so that whoever produces to it has to wait; between two commits it is full again and again. A queue
 * that drops its oldest keeps nobody waiting.
 */
export function isFull({ facts, report }: QueueNode): boolean {
  const { capacity, latest, series } = facts;
  const held = report.waiting ?? report.backlog;
  if (capacity === null || held === null || latest.overflow === 'drop-head') return false;
  if (report.trend.state === 'draining') return false;
  const [full, inFlight] = [fullShare * capacity, latest.inFlight ?? 0];
  if (held >= full) return true;
  const wasFull = series.backlog.some((backlog) => backlog - inFlight >= full);
  return wasFull && held + largestStep(series.at, series.consumed) >= full;
}

/** Who waits for whom: the end of each blocked stage's chain, and what stands in the chain before it. */
export class Blocking {
  readonly #alarmed: Set<string>;
  readonly #ends = new Map<StageNode, StageNode | `broker:${string}` | null>();

  constructor(brokers: readonly BrokerReading[]) {
    this.#alarmed = new Set(
      brokers.filter(({ alarms }) => alarms.some((alarm) => alarm !== 'flow')).map((b) => b.name),
    );
  }

  /** The stage at the end of the blocked chain, or `broker:NAME`; null when this stage waits for nobody. */
  waitsFor(stage: StageNode): StageNode | `broker:${string}` | null {
    const known = this.#ends.get(stage);
    if (known !== undefined) return known;
    const end = this.#endOf(stage, new Set());
    this.#ends.set(stage, end);
    return end;
  }

  #endOf(stage: StageNode, seen: ReadonlySet<StageNode>): StageNode | `broker:${string}` | null {
    const shut = stage.outputs.find(({ report }) => this.#alarmed.has(report.broker));
    if (shut) return `broker:${shut.report.broker}`;
    const full = stage.outputs.find(isFull);
    if (!full || !hasWork(stage) || seen.has(stage)) return null;
    const next = full.readers.find((reader) => reader !== stage);
    return next ? (this.#endOf(next, new Set([...seen, stage])) ?? next) : `broker:${full.report.broker}`;
  }

  /** The stages that wait for this one, by a full queue or through each other, nearest first. */
  chainBefore(end: StageNode): StageNode[] {
    const chain: StageNode[] = [];
    this.#addWriters(end, end, chain);
    for (const stage of chain) this.#addWriters(stage, end, chain);
    return chain;
  }

  #addWriters(stage: StageNode, end: StageNode, chain: StageNode[]) {
    for (const writer of stage.inputs.filter(isFull).flatMap(({ writers }) => writers)) {
      const known = writer === end || chain.includes(writer);
      if (!known && this.waitsFor(writer) === end) chain.push(writer);
    }
  }
}

/** A source always has work; any other stage while its input grows, stands full or never runs empty. */
const hasWork = ({ inputs }: StageNode) =>
  inputs.length === 0 ||
  inputs.some((queue) => queue.report.trend.state === 'growing' || isFull(queue) || neverEmptied(queue.facts));
