import { queueLabel } from '../model/identity';
import { refMatches, type Pipeline, type QueueRef, type Stage } from '../model/pipeline';
import type { Edge, Note, QueueReport } from '../model/report';
import { withoutFigures, withOwnFigures, type Observation, type QueueSeries } from '../model/series';
import { queueReading, type System } from '../model/sweep';
import { neverEmptied, queueFacts, type AnalyzeOptions, type QueueFacts } from './facts';
import { note } from './notes';
import { reportQueue } from './queues';
import { isOverrun } from './stages';

/** A queue of the graph, judged. */
export interface QueueNode {
  facts: QueueFacts;
  report: QueueReport;
  /** The stages it is an input of, and those it is an output of, in the order of the stages. */
  readers: StageNode[];
  writers: StageNode[];
}

/** A stage of the graph: of the pipeline file, or a consumer group where there is none. */
export interface StageNode {
  name: string;
  /** What the pipeline file says of it; null without one. */
  file: Stage | null;
  inputs: QueueNode[];
  outputs: QueueNode[];
}

/** Stages and queues, and who feeds whom. */
export interface Topology {
  stages: StageNode[];
  queues: QueueNode[];
  edges: Edge[];
  notes: Note[];
}

/** The graph of the pipeline file, or without one a stage for every consumer group. A step for each queue. */
export function* buildTopology(
  observation: Observation,
  pipeline: Pipeline | null,
  options: AnalyzeOptions,
): Generator<unknown, Topology> {
  const { stages, queues, notes } = pipeline
    ? yield* fromFile(observation, pipeline, options)
    : yield* fromBrokers(observation, options);
  for (const stage of stages) {
    for (const queue of stage.inputs) queue.readers.push(stage);
    for (const queue of stage.outputs) queue.writers.push(stage);
  }
  yield stages;
  return { stages, queues, notes, edges: edgesOf(stages, pipeline ? 'file' : 'broker') };
}

type Nodes = Omit<Topology, 'edges'>;

function* fromFile(observation: Observation, pipeline: Pipeline, options: AnalyzeOptions): Generator<unknown, Nodes> {
  const refs = pipeline.stages.flatMap(({ consumes, produces }) => [...consumes, ...produces]);
  const queues: QueueNode[] = [];
  for (const series of observation.queues) {
    if (refs.some((ref) => refMatches(ref, series.latest)))
      queues.push(queueNode(withOwnFigures(series), capacityIn(refs, series), options));
    yield queues;
  }
  const notes: Note[] = [];
  const matching = (ref: QueueRef): QueueNode[] => {
    const listed = queues.filter(({ report }) => refMatches(ref, report));
    if (listed.length > 0) return listed;
    const reason = whyNotListed(ref, observation);
    const missing = queueNode(unlisted(ref, pipeline, reason, observation, options.now), ref.capacity, options);
    queues.push(missing);
    notes.push(note('warning', 'queue-not-listed', `${queueLabel(ref)}: ${reason}.`, { queue: ref.id }));
    return [missing];
  };
  // Inputs first: they carry the group, which a topic somewhere named as an output then finds.
  const inputs = new Map(pipeline.stages.map((stage) => [stage, stage.consumes.flatMap(matching)]));
  const stages = pipeline.stages.map((file) => ({
    name: file.name,
    file,
    inputs: unique(inputs.get(file) ?? []),
    outputs: unique(file.produces.flatMap(matching)),
  }));
  return { stages, queues, notes };
}

function* fromBrokers(observation: Observation, options: AnalyzeOptions): Generator<unknown, Nodes> {
  const queues: QueueNode[] = [];
  for (const series of observation.queues) {
    const node = queueNode(series, null, options);
    node.facts.series = isLookedAtAgain(node) ? withOwnFigures(series) : withoutFigures(series);
    yield queues.push(node);
  }
  const stages = new Map<string, StageNode>();
  const owners = new Map<string, string>();
  for (const node of queues) {
    const { broker, destination, group, consumers, state } = node.report;
    const unread = group === null && (consumers === 0 || consumers === null) && state !== 'no-consumer';
    if (unread && (state === 'idle' || node.report.backlog === null)) continue;
    const owner = group ?? queueLabel(node.report);
    const key = group === null ? node.report.id : JSON.stringify([broker, group]);
    const taken = owners.has(owner) && owners.get(owner) !== key;
    const name = taken ? `${owner} (${broker}${group === null ? '' : ` ${destination}`})` : owner;
    owners.set(name, key);
    const stage = stages.get(key) ?? { name, file: null, inputs: [], outputs: [] };
    stage.inputs.push(node);
    stages.set(key, stage);
  }
  return { stages: [...stages.values()], queues, notes: [] };
}

/**
 * Is more asked of its figures than its facts tell? Where no file says what feeds what nobody waits for anybody, so only
 * what holds up its own stage, or shows what that can do, is looked at again.
 */
const isLookedAtAgain = (queue: QueueNode) => isOverrun(queue) || neverEmptied(queue.facts);

function queueNode(series: QueueSeries, fileCapacity: number | null, options: AnalyzeOptions): QueueNode {
  const facts = queueFacts(series, options.now, fileCapacity);
  const report = reportQueue(facts, options);
  // What is decided further on must not rest on a trend that is no longer seen.
  facts.trend = report.trend;
  return { facts, report, readers: [], writers: [] };
}

const capacityIn = (refs: readonly QueueRef[], { latest }: QueueSeries) =>
  refs.find((ref) => ref.capacity !== null && refMatches(ref, latest))?.capacity ?? null;

function whyNotListed(ref: QueueRef, { brokers }: Observation): string {
  const broker = brokers.find(({ name }) => name === ref.broker);
  if (broker?.state === 'failed') return `${ref.broker} could not be read`;
  return `${ref.broker} does not list it; check the name${ref.group === null ? '' : ' and the group'}, or it does not exist yet`;
}

/** A queue that the file names and no broker lists: a row without figures. */
function unlisted(ref: QueueRef, pipeline: Pipeline, reason: string, seen: Observation, now: number): QueueSeries {
  const system = pipeline.brokers.find(({ name }) => name === ref.broker)?.system ?? 'prometheus';
  const unknown = { kind: 'unknown' as const, reason };
  const { id, broker, namespace, destination, group } = ref;
  const figures = [
    'backlog',
    'waiting',
    'inFlight',
    'lost',
    'capacity',
    'consumers',
    'ageSeconds',
    'produced',
    'consumed',
  ];
  const reading = queueReading.parse({
    ...{ id, broker, system, kind: kindOf[system], namespace, destination, group },
    missing: Object.fromEntries(figures.map((field) => [field, unknown])),
  });
  return {
    ...{ id, first: reading, latest: reading },
    at: Float64Array.of(Math.max(seen.to, now)),
    ...{ backlog: noFigure, produced: noFigure, consumed: noFigure },
  };
}

const noFigure = Float64Array.of(NaN);

const kindOf: Record<System, QueueReport['kind']> = {
  kafka: 'topic',
  rabbitmq: 'queue',
  aws_sqs: 'queue',
  redis: 'stream',
  nats: 'stream',
  prometheus: 'metric',
  demo: 'topic',
};

const unique = <T>(items: readonly T[]) => [...new Set(items)];

/** A rate stands on an edge only where the queue has one stage on that side: nobody counts how several share it. */
function edgesOf(stages: readonly StageNode[], source: Edge['source']): Edge[] {
  return stages.flatMap(({ name, inputs, outputs }) => [
    ...inputs.map((queue) => {
      const rate = queue.readers.length === 1 ? queue.report.departureRate : null;
      return { from: queue.report.id, to: name, rate, source };
    }),
    ...outputs.map((queue) => {
      const rate = queue.writers.length === 1 ? queue.report.arrivalRate : null;
      return { from: name, to: queue.report.id, rate, source };
    }),
  ]);
}
