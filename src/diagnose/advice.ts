import { count, duration, percent, plural, rate } from '../model/format';
import { shell } from '../model/escape';
import type { Objectives } from '../model/pipeline';
import type { Cause, Recommendation } from '../model/report';
import type { BrokerReading } from '../model/sweep';
import type { Trouble } from './bottleneck';
import { drainSecondsWith, instancesFor, type Caps, type Load, type Need } from './capacity';
import { findHotPartition } from './cause';
import type { StageFigures } from './stages';
import { ratePerWorker, workersOf } from './workers';

/** What advice is made from. */
export interface Case {
  trouble: Trouble;
  figures: StageFigures | null;
  objectives: Objectives;
  brokers: readonly BrokerReading[];
}

/** What to do about a bottleneck with this cause, in the order in which to try it. */
export function recommend(cause: Cause['kind'], facts: Case): Recommendation[] {
  const advice = {
    'no-consumer': () => [startConsumer(facts)],
    'stuck-consumer': () => [restartConsumer(facts)],
    'hot-partition': () => [rekey(facts), optimiseHot(facts), limitProducer(facts)],
    'partition-limited': () => [
      addPartitions(facts),
      scaleOut(facts, 'partitions'),
      optimise(facts),
      limitProducer(facts),
    ],
    'too-few-consumers': () => [scaleOut(facts, null), capPartitions(facts), optimise(facts), limitProducer(facts)],
    'broker-flow-control': () => [freeBroker(facts)],
  };
  const make = cause in advice ? advice[cause as keyof typeof advice] : advice['too-few-consumers'];
  return make().filter((item) => item !== null);
}

/** λ, L and μ₁ where all three are known; μ₁ is what one instance did while work waited, else its file entry. */
export function loadOf(facts: Case): Load | null {
  const { trouble, figures } = facts;
  const ratePerInstance = ratePerWorker(trouble, figures);
  if (!ratePerInstance || trouble.inputRate === null || trouble.backlog === null) return null;
  return { arrivalRate: trouble.inputRate, backlog: trouble.backlog, ratePerInstance };
}

const unused = {
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

const nameOf = ({ trouble }: Case) => trouble.stage?.name ?? trouble.broker ?? '';
const costOf = ({ trouble }: Case, instances: number | null | undefined) =>
  instances != null && trouble.stage?.file?.costPerInstance != null
    ? instances * trouble.stage.file.costPerInstance
    : null;

function capsOf({ trouble }: Case, lifted: 'partitions' | null): Caps {
  const partitions = lifted === 'partitions' ? null : (trouble.queue?.facts.latest.partitions?.length ?? null);
  return { partitions, maxInstances: trouble.stage?.file?.maxInstances ?? null };
}

const needOf = (facts: Case, load: Load, lifted: 'partitions' | null) =>
  instancesFor(load, facts.objectives.drainSeconds, facts.objectives.utilisation, capsOf(facts, lifted));

/** @param lifted a cap that the advice before this one takes away */
function scaleOut(facts: Case, lifted: 'partitions' | null): Recommendation | null {
  const load = loadOf(facts);
  if (!load) return lifted === null ? scaleByFactor(facts) : null;
  const need = needOf(facts, load, lifted);
  const now = facts.figures?.instances ?? null;
  if (now !== null && need.instances <= now) return null;
  return {
    ...unused,
    kind: 'scale-out',
    title: `Run ${plural(need.instances, 'instance')} of ${nameOf(facts)}${now === null ? '' : ` (now ${now})`}${lifted ? ', once the partitions are there' : ''}`,
    instances: need.instances,
    drainSeconds: drainSecondsWith(need.instances, load),
    monthlyCost: costOf(facts, need.instances),
    why: `${outcome(need, load)}${capText(need)}`,
  };
}

/** Capacity of one instance is not known, but how much more of it is needed is. */
function scaleByFactor(facts: Case): Recommendation | null {
  const { inputRate, processingRate, backlog } = facts.trouble;
  if (inputRate === null || !processingRate) return null;
  const { drainSeconds, utilisation } = facts.objectives;
  const needed = Math.max(inputRate + (backlog ?? 0) / drainSeconds, inputRate / utilisation);
  return {
    ...unused,
    kind: 'scale-out',
    title: `Run ${(needed / processingRate).toFixed(1)} × the present capacity of ${nameOf(facts)}`,
    why: `${rate(needed)} empties the backlog in ${duration(drainSeconds)}; ${rate(processingRate)} are finished now. Name its instances in the pipeline file to get a number of them.`,
  };
}

function outcome({ instances, toDrain, toSustain }: Need, load: Load): string {
  const { arrivalRate, backlog, ratePerInstance } = load;
  const seconds = drainSecondsWith(instances, load);
  const does = `${instances} × ${rate(ratePerInstance)} = ${rate(instances * ratePerInstance)} against ${rate(arrivalRate)} arriving`;
  if (seconds === null) return `${does}: it still does not drain`;
  const after = percent(arrivalRate / (instances * ratePerInstance));
  const least = `${plural(toDrain, 'instance')} would drain it in time, ${toSustain} run at the target afterwards`;
  return `${does}: ${count(backlog)} are gone in ${duration(seconds)}, then it runs at ${after} (${least})`;
}

const capText = ({ wanted, instances, cappedBy }: Need) =>
  cappedBy === null
    ? '.'
    : `. ${wanted} would be needed, but ${cappedBy === 'partitions' ? `there are ${plural(instances, 'partition')} to read` : `maxInstances is ${instances}`}.`;

function addPartitions(facts: Case): Recommendation | null {
  const load = loadOf(facts);
  const queue = facts.trouble.queue?.facts.latest;
  const present = queue?.partitions?.length ?? 0;
  if (!queue || present === 0) return null;
  if (!load) {
    const why = `${present} partitions let ${present} consumers work, and the rates are not known.`;
    return {
      ...unused,
      kind: 'add-partitions',
      title: `Give ${queue.destination} more than its ${present} partitions`,
      why,
    };
  }
  const need = needOf(facts, load, 'partitions');
  if (need.instances <= present) return null;
  const address = facts.brokers.find(({ name }) => name === queue.broker)?.url.replace(/^kafkas?:\/\//, '') ?? '';
  return {
    ...unused,
    kind: 'add-partitions',
    title: `Give ${queue.destination} ${need.instances} partitions (now ${present})`,
    partitions: need.instances,
    instances: need.instances,
    drainSeconds: drainSecondsWith(need.instances, load),
    monthlyCost: costOf(facts, need.instances),
    why: `${present} partitions let ${present} consumers work. With as many instances as partitions ${outcome(need, load)}${capText(need)} Keys move to other partitions, so their order is lost once.`,
    commands:
      queue.system === 'kafka'
        ? [
            `kafka-topics.sh --bootstrap-server ${shell(address)} --alter --topic ${shell(queue.destination)} --partitions ${need.instances}`,
          ]
        : [],
  };
}

/** Where the partitions are what keeps the scaling out from being enough, they come right after it. */
function capPartitions(facts: Case): Recommendation | null {
  const load = loadOf(facts);
  return load && needOf(facts, load, null).cappedBy === 'partitions' ? addPartitions(facts) : null;
}

function optimise(facts: Case): Recommendation | null {
  const load = loadOf(facts);
  const instances = workersOf(facts.trouble, facts.figures);
  if (!load || !instances) return null;
  const { drainSeconds, utilisation } = facts.objectives;
  const needed = Math.max(load.arrivalRate + load.backlog / drainSeconds, load.arrivalRate / utilisation);
  if (needed === 0) return null;
  const target = instances / needed;
  return {
    ...unused,
    kind: 'optimise',
    title: `Finish a message in ${milliseconds(target)} (now ${milliseconds(1 / load.ratePerInstance)})`,
    targetSecondsPerMessage: target,
    drainSeconds: drainSecondsWith(instances, { ...load, ratePerInstance: 1 / target }),
    monthlyCost: costOf(facts, facts.figures?.instances),
    why: `${plural(instances, 'instance')} then do ${rate(needed)}, which ${rate(load.arrivalRate)} arriving and ${count(load.backlog)} waiting need.`,
  };
}

function optimiseHot(facts: Case): Recommendation | null {
  const hot = facts.trouble.queue && findHotPartition(facts.trouble.queue.facts);
  if (!hot?.arrivalRate) return null;
  const target = facts.objectives.utilisation / hot.arrivalRate;
  return {
    ...unused,
    kind: 'optimise',
    title: `Finish a message in ${milliseconds(target)}`,
    targetSecondsPerMessage: target,
    monthlyCost: costOf(facts, facts.figures?.instances),
    why: `One consumer reads partition ${hot.partition}, where ${rate(hot.arrivalRate)} arrive; so fast it runs at ${percent(facts.objectives.utilisation)}.`,
  };
}

function rekey(facts: Case): Recommendation | null {
  const queue = facts.trouble.queue;
  const hot = queue && findHotPartition(queue.facts);
  if (!hot) return null;
  return {
    ...unused,
    kind: 'rekey',
    title: `Spread the keys of ${queue.report.destination}: partition ${hot.partition} takes ${percent(hot.share)} of the growth`,
    monthlyCost: costOf(facts, facts.figures?.instances),
    why: `One consumer reads a partition, so more consumers would not touch what waits in partition ${hot.partition}.`,
  };
}

/** The producers' rate at which the stage runs at the target utilisation; the rest of its capacity eats the backlog. */
function limitProducer(facts: Case): Recommendation | null {
  const { backlog, inputRate, queue } = facts.trouble;
  const hot = queue && findHotPartition(queue.facts);
  // Of a hot partition's reader every message counts as many times as arrive beside it elsewhere.
  const capacity =
    hot?.arrivalRate && hot.departureRate && inputRate
      ? (hot.departureRate * inputRate) / hot.arrivalRate
      : facts.figures?.serviceRate;
  if (!capacity || backlog === null || inputRate === null) return null;
  const limit = facts.objectives.utilisation * capacity;
  const seconds = limit < capacity ? backlog / (capacity - limit) : null;
  return {
    ...unused,
    kind: 'limit-producer',
    title: `Limit the producers to ${rate(limit)} (now ${rate(inputRate)})`,
    producerLimit: limit,
    drainSeconds: seconds,
    monthlyCost: costOf(facts, facts.figures?.instances),
    why: `${nameOf(facts)} can do ${rate(capacity)}; the rest empties ${count(backlog)} ${seconds === null ? 'never' : `in ${duration(seconds)}`}.`,
  };
}

function restartConsumer(facts: Case): Recommendation {
  const queue = facts.trouble.queue?.report;
  const hot = facts.trouble.queue && findHotPartition(facts.trouble.queue.facts);
  const where = hot?.stuck && (queue?.departureRate ?? 0) > 0 ? ` that reads partition ${hot.partition}` : '';
  return {
    ...unused,
    kind: 'restart-consumer',
    title: `Restart the consumer of ${nameOf(facts)}${where}, after a look at what it waits for`,
    instances: facts.figures?.instances ?? null,
    monthlyCost: costOf(facts, facts.figures?.instances),
    why: `It is connected and finishes nothing; ${queue?.backlog == null ? 'messages' : count(queue.backlog)} wait for it.`,
  };
}

function startConsumer(facts: Case): Recommendation {
  const load = loadOf(facts);
  const need = load && needOf(facts, load, null);
  return {
    ...unused,
    kind: 'start-consumer',
    title: `Start ${need ? plural(need.instances, 'instance') : 'a consumer'} of ${nameOf(facts)}`,
    instances: need?.instances ?? null,
    drainSeconds: need ? drainSecondsWith(need.instances, load) : null,
    monthlyCost: costOf(facts, need?.instances),
    why: need
      ? `${outcome(need, load)}${capText(need)}`
      : 'Nobody consumes the queue, so nothing else can help before.',
  };
}

function freeBroker(facts: Case): Recommendation {
  const broker = facts.brokers.find(({ name }) => name === facts.trouble.broker);
  const words =
    broker && broker.pressure.length > 0
      ? `It says: ${broker.pressure.join('; ')}.`
      : 'It keeps its publishers waiting.';
  return { ...unused, kind: 'free-broker', title: `Give ${nameOf(facts)} room again`, why: words };
}

const milliseconds = (seconds: number) =>
  seconds >= 1
    ? duration(seconds)
    : `${seconds * 1000 >= 9.95 ? (seconds * 1000).toFixed(0) : (seconds * 1000).toFixed(1)} ms`;
