import type { Pipeline } from '../model/pipeline';
import type { Bottleneck, Report, StageReport, StateChange } from '../model/report';
import type { Observation } from '../model/series';
import { finished } from '../model/steps';
import { recommend } from './advice/recommend';
import { Blocking } from './blocking';
import { burstNotes, chainNotes, findTroubles, type Trouble } from './bottleneck';
import { connectedParts, type Part } from './connected';
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
  const blocking = new Blocking(topology.stages, observation.brokers);
  const waits = new Map<StageNode, ReturnType<Blocking['waitsFor']>>();
  const figures = new Map<StageNode, StageFigures>();
  for (const stage of topology.stages) {
    const waitsFor = blocking.waitsFor(stage);
    waits.set(stage, waitsFor);
    yield figures.set(stage, stageFigures(stage, observation, waitsFor !== null));
  }
  const figuresOf = (stage: StageNode) => figures.get(stage) ?? stageFigures(stage, observation, false);
  const troubles = findTroubles(topology, blocking, figuresOf);
  yield troubles;
  const queues = topology.queues.map(({ report, facts }) => ({ ...report, queueType: facts.latest.queueType }));
  const stages = reportStages(topology, troubles, waits, figuresOf);
  yield stages;
  const parts = connectedParts({ stages, queues });
  const stageByName = new Map(stages.map((stage) => [stage.name, stage]));
  const bottlenecks: Bottleneck[] = [];
  for (const trouble of troubles) {
    const name = trouble.stage?.name ?? '';
    const seen = { figures: stageByName.get(name) ?? null, part: parts.get(name) ?? { stages, queues } };
    yield bottlenecks.push(reportTrouble(trouble, seen, observation, options));
  }
  const steps = judgeSteps(observation.steps ?? []);
  const notes = [
    ...topology.notes,
    ...measurementNotes(observation, queues),
    ...instanceNotes(topology, observation),
    ...chainNotes(troubles),
    ...burstNotes(topology, troubles, figuresOf),
    ...steps.notes,
  ];
  yield notes;
  const answer = {
    version: 1 as const,
    pipeline: pipeline?.name ?? '',
    window: {
      from: new Date(observation.from).toISOString(),
      to: new Date(observation.to).toISOString(),
      seconds: (observation.to - observation.from) / 1000,
      samples: observation.samples,
    },
    edges: topology.edges,
    timeline,
    brokers: observation.brokers,
    queues,
    stages,
    bottlenecks,
    steps: steps.steps,
    strategies: rankStrategies({ stages, queues, bottlenecks }, pipeline),
    runbooks: writeRunbooks({ queues, bottlenecks, brokers: observation.brokers }, options.objectives),
    notes,
  };
  return { ...answer, sentence: sentence(answer) };
}

function reportStages(
  { stages }: Topology,
  troubles: readonly Trouble[],
  waits: ReadonlyMap<StageNode, ReturnType<Blocking['waitsFor']>>,
  figuresOf: (stage: StageNode) => StageFigures,
): StageReport[] {
  const bottlenecks = new Set(troubles.map(({ stage }) => stage));
  const isTrouble = (stage: StageNode) => bottlenecks.has(stage) || (waits.get(stage) ?? null) !== null;
  const behindTrouble = new Set(stages.filter(isTrouble).flatMap((stage) => downstream(stage, stages)));
  return stages.map((stage) => {
    const waitsFor = waits.get(stage) ?? null;
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
