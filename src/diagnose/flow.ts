import type { QueueReport, Report, StageReport } from '../model/report';

/** What is changed about a stage before the flow runs again; null leaves a figure as measured. */
export interface FlowChange {
  stage: string;
  /** Messages per second it can do then; Infinity where that is not known and no longer the limit. */
  capacity: number | null;
  /** Messages per second that may arrive at it. */
  limit: number | null;
}

/** What is asked of a stage once every backlog that can go is gone, messages per second. */
export interface Demand {
  stage: StageReport;
  demand: number;
  /** Null where it has never been seen: then it counts as enough. */
  capacity: number | null;
}

/** Demand may lie this much above a capacity before it counts: both were measured. */
const noise = 1.02;
/** A cycle settles as its share of returned messages to this power; rounds beyond would not change a digit shown. */
const mostRounds = 200;

/**
 * The pipeline's flow with one stage changed, in the order of the stages: what arrives from outside stays, each stage
 * passes on what it gets up to its capacity, with as many messages for each one finished as were seen.
 */
export function flowAfter({ stages, queues }: Pick<Report, 'stages' | 'queues'>, change: FlowChange): Demand[] {
  const writersOf = writersByQueue(stages);
  const feeds = queues.map((queue) => feedOf(queue, writersOf.get(queue.id) ?? [], stages));
  const capacityOf = (stage: StageReport) => (stage.name === change.stage ? change.capacity : null) ?? known(stage);
  let demands = stages.map((stage) => ({ stage, demand: stage.inputRate ?? 0, capacity: capacityOf(stage) }));
  for (let round = 0; round < mostRounds; round++) {
    const done = new Map(
      demands.map(({ stage, demand, capacity }) => [stage.name, Math.min(demand, capacity ?? Infinity)]),
    );
    const arrives = new Map(
      feeds.map(({ queue, outside, writers, each }) => [
        queue.id,
        outside + writers.reduce((sum, writer) => sum + each * (done.get(writer.name) ?? 0), 0),
      ]),
    );
    let moved = 0;
    demands = demands.map((before) => {
      const asked = before.stage.consumes.reduce((sum, id) => sum + (arrives.get(id) ?? 0), 0);
      const demand = before.stage.name === change.stage ? Math.min(asked, change.limit ?? Infinity) : asked;
      moved = Math.max(moved, Math.abs(demand - before.demand));
      return { ...before, demand };
    });
    if (moved < 1e-6) break;
  }
  return demands;
}

/** The stage that is most short then, by messages per second; null where all that is known is enough. */
export function mostShort(demands: readonly Demand[]): Demand | null {
  const short = demands.filter(({ demand, capacity }) => capacity !== null && demand > noise * capacity);
  const lack = ({ demand, capacity }: Demand) => demand - (capacity ?? 0);
  return short.toSorted((a, b) => lack(b) - lack(a))[0] ?? null;
}

/** A bottleneck whose capacity was not seen does what it does now. */
const known = ({ serviceRate, processingRate, state }: StageReport) =>
  serviceRate ?? (state === 'bottleneck' ? processingRate : null);

interface Feed {
  queue: QueueReport;
  /** Messages per second from outside the pipeline, or from a source. */
  outside: number;
  /** Stages that write to it and read something themselves. */
  writers: StageReport[];
  /** Messages for each one that a writer finishes. */
  each: number;
}

function writersByQueue(stages: readonly StageReport[]): ReadonlyMap<string, StageReport[]> {
  const writers = new Map<string, StageReport[]>();
  for (const stage of stages) {
    for (const id of stage.produces) writers.set(id, [...(writers.get(id) ?? []), stage]);
  }
  return writers;
}

/** Who fills a queue. Writers are not told apart by anything counted, so all put in as many for each one they finish. */
function feedOf(queue: QueueReport, all: readonly StageReport[], stages: readonly StageReport[]): Feed {
  const writers = all.filter(({ consumes, processingRate }) => consumes.length > 0 && processingRate !== null);
  const finished = writers.reduce((sum, { processingRate }) => sum + (processingRate ?? 0), 0);
  const arrives = queue.arrivalRate ?? 0;
  // What a source puts in was counted with the rest; a stage beside it is taken to pass on one for one.
  const each = finished === 0 ? 1 : all.length > writers.length ? Math.min(1, arrives / finished) : arrives / finished;
  // How much of what goes round comes back is not known where more arrives than that: it stays as measured, or it would
  // be more with every round.
  const isMixed = all.length > writers.length || arrives > finished;
  if (isMixed && writers.some((writer) => isBehind(queue.id, writer, stages)))
    return { queue, outside: arrives, writers: [], each };
  return { queue, outside: Math.max(0, arrives - each * finished), writers, each };
}

/** What is in the queue comes to the stage, by however many others. */
function isBehind(queue: string, stage: StageReport, stages: readonly StageReport[]): boolean {
  const reached = new Set([queue]);
  for (const id of reached) {
    for (const { consumes, produces } of stages) if (consumes.includes(id)) for (const to of produces) reached.add(to);
  }
  return stage.consumes.some((id) => reached.has(id));
}
