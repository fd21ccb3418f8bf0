import type { Objectives } from '../../model/pipeline';
import type { BrokerReading } from '../../model/sweep';
import type { Trouble } from '../bottleneck';
import { instancesFor, type Caps, type Load } from '../capacity';
import { findHotPartition } from '../causes/partitions';
import type { StageFigures } from '../stages';
import { ratePerWorker } from '../workers';

/** What advice is made from. */
export interface Case {
  trouble: Trouble;
  figures: StageFigures | null;
  objectives: Objectives;
  brokers: readonly BrokerReading[];
}

/** λ, L and μ₁ where all three are known; μ₁ is what one instance did while work waited, else its file entry. */
export function loadOf(facts: Case): Load | null {
  const { trouble, figures } = facts;
  const ratePerInstance = ratePerWorker(trouble, figures);
  if (!ratePerInstance || trouble.inputRate === null || trouble.backlog === null) return null;
  return { arrivalRate: trouble.inputRate, backlog: trouble.backlog, ratePerInstance };
}

/** A recommendation whose figures are not used. */
export const unused = {
  instances: null,
  partitions: null,
  targetSecondsPerMessage: null,
  producerLimit: null,
  bufferSize: null,
  prefetch: null,
  drainSeconds: null,
  monthlyCost: null,
  commands: [],
};

/** Who is advised. */
export const nameOf = ({ trouble }: Case) => trouble.stage?.name ?? trouble.broker ?? '';

/** Money per month for so many instances; null where the file has no price. */
export const costOf = ({ trouble }: Case, instances: number | null | undefined) =>
  instances != null && trouble.stage?.file?.costPerInstance != null
    ? instances * trouble.stage.file.costPerInstance
    : null;

/** Money per month for the instances that there are. */
export const costNow = (facts: Case) => costOf(facts, facts.figures?.instances);

/** The partition that holds most of the growth of its topic; null where none does. */
export const hotPartitionOf = ({ trouble: { queue } }: Case) => queue && findHotPartition(queue.facts);

/** `host:port[,host:port]` of a Kafka, as its own commands want it. */
export const addressOf = (brokers: readonly BrokerReading[], broker: string) =>
  brokers
    .find(({ name }) => name === broker)
    ?.url.replace(/^kafkas?:\/\/(?:[^@/]*@)?/, '')
    .replace(/[/?].*$/, '') ?? '';

function capsOf({ trouble }: Case, lifted: 'partitions' | null): Caps {
  const partitions = lifted === 'partitions' ? null : (trouble.queue?.facts.latest.partitions?.length ?? null);
  return { partitions, maxInstances: trouble.stage?.file?.maxInstances ?? null };
}

/**
 * Instances for the objectives.
 * @param lifted a cap that other advice takes away
 */
export const needOf = (facts: Case, load: Load, lifted: 'partitions' | null) =>
  instancesFor(load, facts.objectives.drainSeconds, facts.objectives.utilisation, capsOf(facts, lifted));
