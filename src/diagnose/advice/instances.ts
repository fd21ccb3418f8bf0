import { shell } from '../../model/escape';
import { count, duration, percent, plural, rate } from '../../model/format';
import type { Recommendation } from '../../model/report';
import { drainSecondsSpread, drainSecondsWith, type Load, type Need } from '../capacity';
import { addressOf, costOf, loadOf, nameOf, needOf, unused, type Case } from './case';

/**
 * More instances, as many as the objectives ask for and the caps allow; null where that is no more than now.
 * @param lifted a cap that the advice before this one takes away
 */
export function scaleOut(facts: Case, lifted: 'partitions' | null): Recommendation | null {
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
    drainSeconds: lifted ? drainOnceSpread(facts, need, load) : drainSecondsWith(need.instances, load),
    monthlyCost: costOf(facts, need.instances),
    why: lifted
      ? spreadOutcome(facts, need, load)
      : `${outcome(need, load)}${capText(need)}${unevenText(presentPartitions(facts), need.instances, load)}`,
  };
}

/** Partitions that do not share out evenly give some instances more to do than the mean; empty where they do. */
function unevenText(partitions: number, instances: number, { arrivalRate, ratePerInstance }: Load): string {
  if (partitions % instances === 0) return '';
  const most = Math.ceil(partitions / instances);
  const share = (arrivalRate * most) / partitions / ratePerInstance;
  const end = share < 1 ? `run at ${percent(share)} afterwards` : 'get more than they can do';
  return ` ${partitions} partitions do not share out evenly: who reads ${most} of them will ${end}.`;
}

/** What waits stays in the partitions it is in, so more of them help what arrives at once and the backlog less. */
const drainOnceSpread = (facts: Case, { instances }: Need, load: Load) =>
  drainSecondsSpread(instances, Math.min(presentPartitions(facts), instances), load);

const presentPartitions = ({ trouble }: Case) => trouble.queue?.facts.latest.partitions?.length ?? 0;

function spreadOutcome(facts: Case, need: Need, load: Load): string {
  const { arrivalRate, backlog, ratePerInstance } = load;
  const capacity = need.instances * ratePerInstance;
  const seconds = drainOnceSpread(facts, need, load);
  const gone = seconds === null ? 'never gone' : `gone in ${duration(seconds)}`;
  return `${need.instances} × ${rate(ratePerInstance)} = ${rate(capacity)} against ${rate(arrivalRate)} arriving; the ${count(backlog)} that wait stay in the present ${plural(presentPartitions(facts), 'partition')} and are ${gone}, then it runs at ${percent(arrivalRate / capacity)}${capText(need)}`;
}

/** Capacity of one instance is not known, or not how much waits, but how much more of it is needed is. */
function scaleByFactor(facts: Case): Recommendation | null {
  const { inputRate, processingRate, backlog } = facts.trouble;
  if (inputRate === null || !processingRate) return null;
  const { drainSeconds, utilisation } = facts.objectives;
  const needed = Math.max(inputRate + (backlog ?? 0) / drainSeconds, inputRate / utilisation);
  const does =
    backlog === null
      ? `At ${rate(needed)} it would run at ${percent(utilisation)}; what waits could not be read.`
      : `${rate(needed)} empties the backlog in ${duration(drainSeconds)};`;
  return {
    ...unused,
    kind: 'scale-out',
    title: `Run ${(needed / processingRate).toFixed(1)} × the present capacity of ${nameOf(facts)}`,
    why: `${does} ${rate(processingRate)} are finished now.${facts.figures?.instances == null ? ' Name its instances in the pipeline file to get a number of them.' : ''}`,
  };
}

/** What so many instances do to the backlog, and at what they run afterwards. */
export function outcome({ instances, toDrain, toSustain }: Need, load: Load): string {
  const { arrivalRate, backlog, ratePerInstance } = load;
  const seconds = drainSecondsWith(instances, load);
  const does = `${instances} × ${rate(ratePerInstance)} = ${rate(instances * ratePerInstance)} against ${rate(arrivalRate)} arriving`;
  if (seconds === null) return `${does}: it still does not drain`;
  const after = percent(arrivalRate / (instances * ratePerInstance));
  const least = `${plural(toDrain, 'instance')} would drain it in time, ${toSustain} run at the target afterwards`;
  return `${does}: ${count(backlog)} are gone in ${duration(seconds)}, then it runs at ${after} (${least})`;
}

/** The end of a sentence: which cap keeps it from being enough. */
export const capText = ({ wanted, instances, cappedBy }: Need) =>
  cappedBy === null
    ? '.'
    : `. ${wanted} would be needed, but ${cappedBy === 'partitions' ? `there are ${plural(instances, 'partition')} to read` : `maxInstances is ${instances}`}.`;

/** As many partitions as instances are needed; null where there are enough. */
export function addPartitions(facts: Case): Recommendation | null {
  const load = loadOf(facts);
  const queue = facts.trouble.queue?.facts.latest;
  const present = presentPartitions(facts);
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
  return {
    ...unused,
    kind: 'add-partitions',
    title: `Give ${queue.destination} ${need.instances} partitions (now ${present})`,
    partitions: need.instances,
    instances: need.instances,
    drainSeconds: drainOnceSpread(facts, need, load),
    monthlyCost: costOf(facts, need.instances),
    why: `${present} partitions let ${present} consumers work. With as many instances as partitions ${spreadOutcome(facts, need, load)} Keys move to other partitions, so their order is lost once.`,
    commands:
      queue.system === 'kafka'
        ? [
            `kafka-topics.sh --bootstrap-server ${shell(addressOf(facts.brokers, queue.broker))} --alter --topic ${shell(queue.destination)} --partitions ${need.instances}`,
          ]
        : [],
  };
}

/** Where the partitions are what keeps the scaling out from being enough, they come right after it. */
export const capPartitions = (facts: Case): Recommendation | null => loadOf(facts) && addPartitions(facts);
