import type { Pipeline } from '../model/pipeline';
import type { Bottleneck, Report, StageReport, StateChange } from '../model/report';
import type { Observation } from '../model/series';
import { eachOf, finished } from '../model/steps';
import { recommend } from './advice/recommend';
import { Blocking } from './blocking';
import { burstNotes, chainNotes, findTroubles, type Trouble } from './bottleneck';
import { connectedPart, type Part } from './connected';
import { findCauses } from './causes/findCauses';
import type { AnalyzeOptions } from './facts';
import { downstream, nextLimit } from './next';
import { measurementNotes } from './notes';
import { writeRunbooks } from './runbooks/write';
import { sentence } from './sentence';
import { instanceNotes, restingState, stageFigures, type StageFigures } from './stages';
import { judgeSteps } from './steps';
import { rankStrategies } from './strategies/rank';
import { buildTopology, type StageNode, type Topology } from './topology';

export type { AnalyzeOptions } from './facts';

/**
 * The report of a window: pure, so the same observation gives the same report.
 * @param pipeline null: each consumer group is a stage of its own
 * @param timeline changes of state that a tracker saw while sampling; none when nobody tracked
 */
export function analyze(
  observation: Observation,
  pipeline: Pipeline | null,
  options: AnalyzeOptions,
  timeline: StateChange[] = [],
): Report {
  return finished(analysis(observation, pipeline, options, timeline));
}

/** The same in small steps, for who has something else to do in between. */
export function* analysis(
  observation: Observation,
  pipeline: Pipeline | null,
  options: AnalyzeOptions,
  timeline: StateChange[] = [],
): Generator<unknown, Report> {
  const topology = yield* buildTopology(observation, pipeline, options);
  const blocking = new Blocking(observation.brokers);
  const figuresOf = yield* measureStages(topology, observation, blocking);
  const troubles = yield* findTroubles(topology, blocking, figuresOf);
  const queues = topology.queues.map(({ report }) => report);
  const stages = yield* reportStages(topology, troubles, blocking, figuresOf);
  const reportOf = new Map(topology.stages.flatMap((stage, i) => (stages[i] ? [[stage, stages[i]] as const] : [])));
  yield reportOf;
  const bottlenecks = yield* eachOf(troubles, (trouble) => {
    const part = trouble.stage ? connectedPart(trouble.stage, reportOf) : { stages, queues };
    const figures = trouble.stage ? (reportOf.get(trouble.stage) ?? null) : null;
    return reportTrouble(trouble, { figures, part }, observation, options);
  });
  const steps = judgeSteps(observation.steps ?? []);
  const notes = [...notesOn(topology, observation, troubles, figuresOf), ...steps.notes];
  yield notes;
  const strategies = rankStrategies({ stages, queues, bottlenecks }, pipeline);
  yield strategies;
  const answer = {
    version: 1 as const,
    pipeline: pipeline?.name ?? '',
    window: windowOf(observation),
    ...{ edges: topology.edges, timeline, brokers: observation.brokers },
    ...{ queues, stages, bottlenecks, steps: steps.steps, strategies },
    runbooks: writeRunbooks({ queues, bottlenecks, brokers: observation.brokers }, options.objectives),
    notes,
  };
  return { ...answer, sentence: sentence(answer) };
}

type FiguresOf = (stage: StageNode) => StageFigures;

function* measureStages(
  { stages }: Topology,
  observation: Observation,
  blocking: Blocking,
): Generator<unknown, FiguresOf> {
  const figures = new Map<StageNode, StageFigures>();
  for (const stage of stages) {
    yield figures.set(stage, stageFigures(stage, observation, blocking.waitsFor(stage) !== null));
  }
  return (stage) => figures.get(stage) ?? stageFigures(stage, observation, false);
}

const notesOn = (
  topology: Topology,
  observation: Observation,
  troubles: readonly Trouble[],
  figuresOf: FiguresOf,
): Report['notes'] => [
  ...topology.notes,
  ...measurementNotes(
    observation,
    topology.queues.map(({ report }) => report),
  ),
  ...instanceNotes(topology, observation),
  ...chainNotes(troubles),
  ...burstNotes(topology, troubles, figuresOf),
];

const windowOf = ({ from, to, samples }: Observation): Report['window'] => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  seconds: (to - from) / 1000,
  samples,
});

function* reportStages(
  { stages }: Topology,
  troubles: readonly Trouble[],
  blocking: Blocking,
  figuresOf: FiguresOf,
): Generator<unknown, StageReport[]> {
  const bottlenecks = new Set(troubles.map(({ stage }) => stage));
  const isTrouble = (stage: StageNode) => bottlenecks.has(stage) || blocking.waitsFor(stage) !== null;
  const behindTrouble = new Set(stages.filter(isTrouble).flatMap((stage) => downstream(stage)));
  return yield* eachOf(stages, (stage): StageReport => {
    const waitsFor = blocking.waitsFor(stage);
    const figures = figuresOf(stage);
    const resting = () => restingState(stage, figures, behindTrouble.has(stage));
    return {
      name: stage.name,
      state: waitsFor !== null ? 'blocked' : bottlenecks.has(stage) ? 'bottleneck' : resting(),
      ...figures,
      consumes: stage.inputs.map(({ report }) => report.id),
      produces: stage.outputs.map(({ report }) => report.id),
      waitsFor: waitsFor === null || typeof waitsFor === 'string' ? waitsFor : waitsFor.name,
    };
  });
}

function reportTrouble(
  trouble: Trouble,
  { figures, part }: { figures: StageReport | null; part: Part },
  observation: Observation,
  { objectives }: AnalyzeOptions,
): Bottleneck {
  const [cause, ...otherCauses] = findCauses(trouble, figures, observation);
  const recommendations = recommend(cause.kind, { trouble, figures, objectives, brokers: observation.brokers });
  const { inputRate, processingRate, deficit, backlog, severity, confidence } = trouble;
  return {
    stage: trouble.stage?.name ?? null,
    broker: trouble.broker,
    queue: trouble.queue?.report.id ?? null,
    ...{ severity, confidence, inputRate, processingRate, deficit, backlog },
    // A backlog that drains is no bottleneck.
    drainSeconds: null,
    drainText: 'never at the present rates',
    ...{ cause, otherCauses, recommendations },
    next: nextLimit(trouble, recommendations[0], figures, part),
  };
}
