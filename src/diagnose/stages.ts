import { none, unknown, type Missing, type MissingReason } from '../model/figure';
import { plural } from '../model/format';
import type { Note, StageReport } from '../model/report';
import type { Observation } from '../model/series';
import { arriving, neverEmptied, waiting } from './facts';
import { note } from './notes';
import { counterRate } from './rates';
import type { QueueNode, StageNode, Topology } from './topology';

/** The figures of a stage; what they mean for the pipeline is decided by the walk. */
export interface StageFigures {
  /** Summed over the inputs; null when one of them is unknown. Messages per second. */
  inputRate: number | null;
  processingRate: number | null;
  serviceRate: number | null;
  utilisation: number | null;
  instances: number | null;
  missing: Missing;
}

/** Its input grows, or nobody works on it while messages arrive or wait. A draining backlog never counts. */
export const isOverrun = ({ facts, report }: QueueNode) =>
  report.trend.state === 'growing' ||
  ((report.state === 'stuck' || report.state === 'no-consumer') && (arriving(facts) || waiting(facts)));

/**
 * Rates, capacity and instances of a stage. What its instances could do is what they did while work always waited; else
 * the file's `ratePerInstance`.
 * @param blocked its outputs hold it back, so what it does is not what it could do
 */
export function stageFigures(stage: StageNode, observation: Observation, blocked: boolean): StageFigures {
  const { file, inputs, name } = stage;
  const measured = observation.stages.find(({ latest }) => latest.name === name);
  const instances = measuredInstances(stage, observation) ?? file?.instances ?? null;
  const inputRate = total(inputs.map(({ report }) => report.arrivalRate));
  const processingRate =
    total(inputs.map(({ report }) => report.departureRate)) ??
    measured?.latest.processedRate ??
    (measured
      ? counterRate(
          [0, measured.seconds * 1000],
          [measured.first.processedTotal ?? NaN, measured.latest.processedTotal ?? NaN],
        )
      : null);
  const saturated =
    !blocked &&
    inputs.some(({ facts }) => facts.trend.state === 'growing' || neverEmptied(facts)) &&
    (processingRate ?? 0) > 0;
  const declared = file?.ratePerInstance != null && instances ? file.ratePerInstance * instances : null;
  const serviceRate = saturated ? (busyRate(inputs) ?? processingRate) : declared;
  const utilisation =
    serviceRate !== null && serviceRate > 0 && processingRate !== null
      ? Math.min(1, processingRate / serviceRate)
      : null;
  const figures = { inputRate, processingRate, serviceRate, utilisation, instances };
  return { ...figures, missing: whyNull(stage, figures) };
}

/** From this many readings on the time since its only input was last empty tells what a stage can do. */
const fewestBusy = 8;

/** Messages per second finished since work has always waited; null where it did so all the time, or not long enough. */
function busyRate(inputs: readonly QueueNode[]): number | null {
  const [only, ...others] = inputs;
  if (!only || others.length > 0) return null;
  const { at, backlog, consumed } = only.facts.series;
  const second = only.facts.rates.arrival ?? 0;
  const since = backlog.findLastIndex((waits) => waits <= second);
  return since >= 0 && at.length - since >= fewestBusy
    ? counterRate(at.subarray(since), consumed.subarray(since))
    : null;
}

/** Measured consumers win over the file's instances; the difference is said. */
export function instanceNotes({ stages }: Topology, observation: Observation): Note[] {
  return stages.flatMap((stage) => {
    const declared = stage.file?.instances ?? null;
    if (declared === null) return [];
    const measured = measuredInstances(stage, observation);
    if (measured === null || measured === declared) return [];
    const text = `${stage.name}: the file says ${plural(declared, 'instance')}, ${measured} seen; the report goes by what was seen.`;
    return [note('info', 'instances-differ', text, { stage: stage.name })];
  });
}

/**
 * The state of a stage that is no bottleneck itself.
 * @param hasTroubleUpstream a stage it gets its messages from is bottleneck or blocked
 */
export function restingState(
  { inputs, outputs }: StageNode,
  { processingRate }: StageFigures,
  hasTroubleUpstream: boolean,
): StageReport['state'] {
  if (inputs.length > 0 && inputs.every(({ report }) => report.state === 'unknown' || report.state === 'stale'))
    return 'unknown';
  const moved = processingRate ?? total(outputs.map(({ report }) => report.arrivalRate));
  if (inputs.length > 0 && hasTroubleUpstream && inputs.every(runsEmpty)) return 'starved';
  if (moved !== null) return moved > 0 ? 'busy' : 'idle';
  // The rate of one input may be unknown where that of another tells enough.
  const hasWork = inputs.some(({ report }) => (report.backlog ?? 0) > 0 || (report.departureRate ?? 0) > 0);
  return hasWork ? 'busy' : inputs.length > 0 ? 'idle' : 'unknown';
}

/** Under a second of arrivals is left at its emptiest: what waits for the next commit is no backlog. */
const runsEmpty = ({ facts }: QueueNode) =>
  facts.lowestBacklog !== null && facts.lowestBacklog <= (facts.rates.arrival ?? 0);

function measuredInstances({ inputs, name }: StageNode, observation: Observation): number | null {
  const consumers = inputs.reduce((most, { report }) => Math.max(most, report.consumers ?? -1), -1);
  if (consumers >= 0) return consumers;
  return observation.stages.find(({ latest }) => latest.name === name)?.latest.instances ?? null;
}

/** Null when there is nothing to add up or a part is unknown: half a sum would be a wrong figure. */
export function total(parts: readonly (number | null)[]): number | null {
  return parts.length === 0 ? null : parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part));
}

const instancesUnknown = unknown('neither the broker nor the file tells how many there are');
const limitUnseen = unknown('its backlog ran empty, so its limit was not seen, and the file has no ratePerInstance');
const doesNothing = none('it can do nothing at present');

function whyNull({ inputs }: StageNode, figures: Omit<StageFigures, 'missing'>): Missing {
  const missing: Missing = {};
  if (figures.inputRate === null) missing.inputRate = whyNoRate(inputs, 'arrivalRate');
  if (figures.processingRate === null) missing.processingRate = whyNoRate(inputs, 'departureRate');
  if (figures.serviceRate === null) missing.serviceRate = limitUnseen;
  if (figures.utilisation === null) missing.utilisation = whyNoUtilisation(inputs, figures);
  if (figures.instances === null) missing.instances = instancesUnknown;
  return missing;
}

function whyNoUtilisation(
  inputs: readonly QueueNode[],
  { serviceRate, processingRate }: Pick<StageFigures, 'serviceRate' | 'processingRate'>,
): MissingReason {
  if (serviceRate === null) return limitUnseen;
  return processingRate === null ? whyNoRate(inputs, 'departureRate') : doesNothing;
}

const whyNoRate = (inputs: readonly QueueNode[], field: 'arrivalRate' | 'departureRate') =>
  inputs.length === 0
    ? none('a source consumes nothing that is named')
    : (inputs.flatMap(({ report }) => report.missing[field] ?? [])[0] ?? unknown('one of its inputs is unknown'));
