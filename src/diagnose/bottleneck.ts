import { count, rate } from '../model/format';
import { severities, type Note, type Severity } from '../model/report';
import { eachOf } from '../model/steps';
import { isFull, type Blocking } from './blocking';
import { note } from './notes';
import { passingBurst, passingNote } from './passing';
import { isOverrun, total, type StageFigures } from './stages';
import { growthPace } from './states';
import type { QueueNode, StageNode, Topology } from './topology';

/** A place where the pipeline is held up, before cause and advice. */
export interface Trouble {
  /** Null when a broker itself keeps its producers waiting. */
  stage: StageNode | null;
  broker: string | null;
  /** The worst of its inputs; for a broker the first queue that is held up. */
  queue: QueueNode | null;
  inputRate: number | null;
  processingRate: number | null;
  /** Messages per second. */
  deficit: number;
  backlog: number | null;
  severity: Severity;
  /** 0…1: the least of sample coverage, strength of the trend and certainty of the graph (brokers.md G4). */
  confidence: number;
  /** The stages it keeps waiting. */
  chain: StageNode[];
}

/** Without a file nobody says what feeds what, so a stage could be excused by an output that is not seen. */
const confidenceWithoutFile = 0.8;
/** What stands still, is full or is in alarm needs no statistics. */
const confidenceInStill = 0.95;

/** Every bottleneck, worst deficit first (CONTRACTS.md "Bottleneck"). */
export function* findTroubles(
  { stages }: Topology,
  blocking: Blocking,
  figuresOf: (stage: StageNode) => StageFigures,
): Generator<unknown, Trouble[]> {
  const ends = new Set<StageNode>();
  const brokers = new Map<string, StageNode[]>();
  for (const stage of stages) {
    const end = blocking.waitsFor(stage);
    if (end === null) {
      const overrun = stage.inputs.filter(isOverrun);
      if (overrun.some((queue) => passingBurst(queue, figuresOf) === null)) ends.add(stage);
    } else if (typeof end === 'string') {
      const held = brokers.get(end);
      if (held) held.push(stage);
      else brokers.set(end, [stage]);
    } else ends.add(end);
    yield ends;
  }
  const ofStages = yield* eachOf(ends, (stage) => stageTrouble(stage, blocking.chainBefore(stage), figuresOf(stage)));
  return [
    ...ofStages,
    ...[...brokers].map(([broker, held]) => brokerTrouble(broker.slice('broker:'.length), held)),
  ].toSorted((a, b) => b.deficit - a.deficit || (b.backlog ?? 0) - (a.backlog ?? 0));
}

/** Behind a full queue the slow stage keeps up with what it is given, so the figures are those of the whole chain. */
export function chainNotes(troubles: readonly Trouble[]): Note[] {
  return troubles.flatMap(({ stage, chain, inputRate, backlog }) =>
    stage === null || chain.length === 0
      ? []
      : [
          note(
            'info',
            'blocked-chain',
            `${stage.name} holds up ${chain.map(({ name }) => name).join(', ')}: its input is full. Arrivals (${inputRate === null ? '?' : rate(inputRate)}) are those at the head of that chain, the backlog (${backlog === null ? '?' : count(backlog)}) is of the whole chain.`,
            { stage: stage.name },
          ),
        ],
  );
}

/** Queues that grow and blame nobody. */
export function burstNotes(
  { stages }: Topology,
  troubles: readonly Trouble[],
  figuresOf: (stage: StageNode) => StageFigures,
): Note[] {
  const blamed = new Set(troubles.map(({ stage }) => stage));
  return stages
    .filter((stage) => !blamed.has(stage))
    .flatMap((stage) =>
      stage.inputs.flatMap((queue) => {
        const burst = passingBurst(queue, figuresOf);
        return burst ? [passingNote(burst, stage)] : [];
      }),
    );
}

function stageTrouble(stage: StageNode, chain: StageNode[], { processingRate }: StageFigures): Trouble {
  const queue = worst(stage.inputs);
  const demand = demandOn(stage, chain);
  const held = [...stage.inputs, ...chain.flatMap(({ inputs }) => inputs)];
  const growth = held.filter(isOverrun).reduce((sum, { report }) => sum + growthPace(report), 0);
  const trend = queue?.report.trend;
  return {
    ...{ stage, broker: null, queue, chain },
    inputRate: demand,
    processingRate,
    deficit: demand !== null && processingRate !== null ? demand - processingRate : growth,
    backlog: total(held.map(({ report }) => report.backlog)),
    severity: worstSeverity(held),
    confidence: Math.min(
      stage.file ? 1 : confidenceWithoutFile,
      queue ? coverage(queue) : 0,
      trend?.state === 'growing' ? trend.confidence : confidenceInStill,
    ),
  };
}

function brokerTrouble(broker: string, held: StageNode[]): Trouble {
  const inputs = held.flatMap(({ inputs: queues }) => queues);
  const inputRate = total(inputs.map(({ report }) => report.arrivalRate));
  const processingRate = total(inputs.map(({ report }) => report.departureRate));
  const queues = held.flatMap(({ outputs }) => outputs.filter(({ report }) => report.broker === broker));
  return {
    ...{ stage: null, broker, queue: queues.find(isFull) ?? queues[0] ?? null, chain: held, inputRate, processingRate },
    deficit: inputRate !== null && processingRate !== null ? inputRate - processingRate : 0,
    backlog: total(inputs.map(({ report }) => report.backlog)),
    severity: worstSeverity([...inputs, ...queues]),
    confidence: confidenceInStill,
  };
}

/** Share of the sweeps that could read the queue's backlog, 0…1. */
function coverage({ facts }: QueueNode): number {
  const { backlog } = facts.series;
  return backlog.reduce((known, value) => known + Number(!Number.isNaN(value)), 0) / Math.max(1, backlog.length);
}

/** What would arrive if nobody had to wait: at a full queue that is what its blocked writers are asked to do. */
function demandOn(stage: StageNode, chain: readonly StageNode[]): number | null {
  return total(
    stage.inputs.map((queue) => {
      const writers = isFull(queue) ? chain.filter(({ outputs }) => outputs.includes(queue)) : [];
      const rest = chain.filter((other) => !writers.includes(other));
      const asked = writers.map((writer) =>
        writer.inputs.length > 0 ? demandOn(writer, rest) : queue.report.arrivalRate,
      );
      return asked.length > 0 ? total(asked) : queue.report.arrivalRate;
    }),
  );
}

function worst(queues: readonly QueueNode[]): QueueNode | null {
  const [first] = queues.toSorted(
    (a, b) =>
      Number(isOverrun(b)) - Number(isOverrun(a)) ||
      growthPace(b.report) - growthPace(a.report) ||
      (b.report.backlog ?? 0) - (a.report.backlog ?? 0),
  );
  return first ?? null;
}

const worstSeverity = (queues: readonly QueueNode[]): Severity =>
  severities[Math.max(0, ...queues.map(({ report }) => severities.indexOf(report.severity)))] ?? 'ok';
