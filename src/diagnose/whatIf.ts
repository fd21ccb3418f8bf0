import { count, duration, percent, plural, rate } from '../model/format';
import { defaultObjectives, type Pipeline, type Stage } from '../model/pipeline';
import type { QueueReport, Report, StageReport } from '../model/report';
import type { WhatIfChange, WhatIfResult } from '../model/whatIf';
import { drainSecondsWith, instancesFor, type Load } from './capacity';
import { prefetchNeeded } from './causes/prefetch';
import { limitAfter } from './next';
import { rateOfOne, workersAmong } from './workers';

/**
 * What a change of instances, of the time of a message, of the producers' rate or of the target drain time would do to a
 * stage and to those behind it: the formulas of the recommendations (CONTRACTS.md "Instances") on the figures of the report. Pure.
 * @param pipeline prices, declared rates and caps; null where there is no file
 */
export function whatIf(report: Report, pipeline: Pipeline | null, change: WhatIfChange): WhatIfResult {
  const stage = report.stages.find(({ name }) => name === change.stage);
  if (!stage) return unanswered(`The report has no stage ${change.stage}.`);
  const file = pipeline?.stages.find(({ name }) => name === stage.name) ?? null;
  const situation = situationOf(report, stage, file);
  const load = loadAfter(situation, change);
  const instances = change.instances ?? instancesWanted(load, situation, change, pipeline) ?? stage.instances;
  const monthlyCost = file?.costPerInstance != null && instances !== null ? instances * file.costPerInstance : null;
  const workers = workersAmong(instances, situation.mostWorkers);
  if (load === null || instances === null || workers === null) {
    return { ...unanswered(`What ${stage.name} would do is not known: ${whatIsMissing(situation)}.`), monthlyCost };
  }
  const capacity = workers * load.ratePerInstance;
  const drainSeconds = drainSecondsWith(workers, load);
  const utilisation = load.arrivalRate < capacity ? load.arrivalRate / capacity : load.arrivalRate > 0 ? 1 : 0;
  const keepsUp = capacity >= load.arrivalRate;
  const next = keepsUp
    ? limitAfter(report, { stage: stage.name, capacity, limit: load.arrivalRate })
    : { stage: stage.name, atRate: capacity };
  const { maxAgeSeconds } = pipeline?.objectives ?? defaultObjectives;
  const bufferSize = Math.ceil(capacity * maxAgeSeconds - 1e-9);
  const prefetch = prefetchFor(report, stage, Math.min(load.arrivalRate, capacity) / workers);
  const sentence = [
    `${plural(instances, 'instance')} of ${stage.name} can do ${rate(capacity)}; ${rate(load.arrivalRate)} would arrive.`,
    ...(instances > workers ? [`${plural(instances - workers, 'instance')} would have nothing to read.`] : []),
    outcome(load, drainSeconds, utilisation),
    ...(keepsUp ? nextText(next) : []),
  ].join(' ');
  return { drainSeconds, utilisation, monthlyCost, bufferSize, prefetch, next, sentence };
}

/** A stage as measured, and what limits it. */
export interface Situation {
  /** λ, messages per second. */
  arrivalRate: number | null;
  backlog: number | null;
  /** μ₁, messages per second. */
  ratePerInstance: number | null;
  /** So many instances find something to read; null without a limit. */
  mostWorkers: number | null;
  file: Stage | null;
}

/** The queues that a stage consumes; one group may read ten thousand. */
export function inputsOf({ queues }: Pick<Report, 'queues'>, { consumes }: StageReport): QueueReport[] {
  const consumed = new Set(consumes);
  return queues.filter(({ id }) => consumed.has(id));
}

/** As measured; a bottleneck's figures are those of the whole chain that waits for it. */
export function situationOf(
  report: Pick<Report, 'queues' | 'bottlenecks'>,
  stage: StageReport,
  file: Stage | null,
): Situation {
  const bottleneck = report.bottlenecks.find((one) => one.stage === stage.name);
  const inputs = inputsOf(report, stage);
  const worst = inputs.find(({ id }) => id === bottleneck?.queue) ?? inputs[0];
  const partitions = worst?.partitions ?? null;
  const seen = inputs.reduce<number | null>(
    (sum, { backlog }) => (sum === null || backlog === null ? null : sum + backlog),
    inputs.length > 0 ? 0 : null,
  );
  // One consumer reads the hot partition however many there are.
  const isHot = bottleneck?.cause.kind === 'hot-partition' && stage.instances !== null;
  return {
    arrivalRate: bottleneck ? bottleneck.inputRate : stage.inputRate,
    backlog: bottleneck ? bottleneck.backlog : seen,
    ratePerInstance: rateOfOne(
      stage.serviceRate,
      workersAmong(stage.instances, partitions),
      file?.ratePerInstance ?? null,
    ),
    mostWorkers: isHot ? Math.min(stage.instances ?? Infinity, partitions ?? Infinity) : partitions,
    file,
  };
}

function loadAfter(measured: Situation, { producerLimit, secondsPerMessage }: WhatIfChange): Load | null {
  const { arrivalRate, backlog } = measured;
  const ratePerInstance = secondsPerMessage ? 1 / secondsPerMessage : measured.ratePerInstance;
  if (arrivalRate === null || backlog === null || !ratePerInstance) return null;
  return { arrivalRate: Math.min(arrivalRate, producerLimit ?? Infinity), backlog, ratePerInstance };
}

/** Null where the broker has no prefetch, or its round trip is not known. @param each messages per second of an instance */
function prefetchFor({ queues, brokers }: Report, { consumes }: StageReport, each: number): number | null {
  const queue = queues.find(({ id }) => consumes.includes(id));
  const broker = brokers.find(({ name }) => name === queue?.broker);
  if (!broker?.roundTripSeconds || broker.notApplicable.includes('prefetch') || queue?.system === 'kafka') return null;
  return prefetchNeeded(each, broker.roundTripSeconds);
}

function instancesWanted(
  load: Load | null,
  { mostWorkers, file }: Situation,
  { drainSeconds }: WhatIfChange,
  pipeline: Pipeline | null,
): number | null {
  if (drainSeconds === null || load === null) return null;
  const { utilisation } = pipeline?.objectives ?? defaultObjectives;
  const caps = { partitions: mostWorkers, maxInstances: file?.maxInstances ?? null };
  return instancesFor(load, drainSeconds, utilisation, caps).instances;
}

function outcome({ backlog }: Load, drainSeconds: number | null, utilisation: number): string {
  const after = `it runs at ${percent(utilisation)}`;
  if (drainSeconds === null) return `${count(backlog)} wait and never drain.`;
  return backlog === 0
    ? `Nothing waits, and ${after}.`
    : `${count(backlog)} are gone in ${duration(drainSeconds)}, then ${after}.`;
}

function nextText(next: WhatIfResult['next']): string[] {
  if (!next) return [];
  return next.atRate === null
    ? [`The next to watch is ${next.stage}, whose limit was not seen.`]
    : [`The next limit is ${next.stage} (${rate(next.atRate)}).`];
}

function whatIsMissing({ arrivalRate, backlog, ratePerInstance }: Situation): string {
  if (backlog === null) return 'its backlog was not read';
  if (arrivalRate === null) return 'nothing counts what arrives';
  return ratePerInstance
    ? 'its instances are not known'
    : 'it never worked at its limit while watched, and the file has no ratePerInstance';
}

const unanswered = (sentence: string): WhatIfResult => ({
  ...{ drainSeconds: null, utilisation: null, monthlyCost: null, bufferSize: null, prefetch: null, next: null },
  sentence,
});
