import { shell } from '../../model/escape';
import { count, duration, plural } from '../../model/format';
import type { Recommendation } from '../../model/report';
import { drainSecondsWith } from '../capacity';
import { likelyAge } from '../facts';
import { addressOf, costNow, costOf, hotPartitionOf, loadOf, nameOf, needOf, unused, type Case } from './case';
import { capText, outcome } from './instances';

/** For consumers that are there and finish nothing. */
export function restartConsumer(facts: Case): Recommendation {
  const queue = facts.trouble.queue?.report;
  const hot = hotPartitionOf(facts);
  const where = hot?.stuck && (queue?.departureRate ?? 0) > 0 ? ` that reads partition ${hot.partition}` : '';
  return {
    ...unused,
    kind: 'restart-consumer',
    title: `Restart the consumer of ${nameOf(facts)}${where}, after a look at what it waits for`,
    instances: facts.figures?.instances ?? null,
    monthlyCost: costNow(facts),
    why: `It is connected and finishes nothing; ${queue?.backlog == null ? 'messages' : count(queue.backlog)} wait for it.`,
  };
}

/** For a queue that nobody reads; as many as are needed where it is known what one can do. */
export function startConsumer(facts: Case): Recommendation {
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

/** For a broker that keeps its publishers waiting. */
export function freeBroker(facts: Case): Recommendation {
  const broker = facts.brokers.find(({ name }) => name === facts.trouble.broker);
  const words =
    broker && broker.pressure.length > 0
      ? `It says: ${broker.pressure.join('; ')}.`
      : 'It keeps its publishers waiting.';
  return { ...unused, kind: 'free-broker', title: `Give ${nameOf(facts)} room again`, why: words };
}

/** Retention that outlasts the backlog: twice the age of its oldest message and the time it may take to drain. */
export function extendRetention(facts: Case): Recommendation | null {
  const queue = facts.trouble.queue;
  if (queue?.report.state !== 'data-loss-risk' || queue.report.system !== 'kafka') return null;
  const needed = 2 * ((likelyAge(queue.facts) ?? 0) + facts.objectives.drainSeconds);
  const hours = Math.ceil(needed / 3600);
  const { destination, broker } = queue.report;
  return {
    ...unused,
    kind: 'extend-retention',
    title: `Keep the messages of ${destination} for ${duration(hours * 3600)} at least`,
    monthlyCost: costNow(facts),
    why: `${queue.report.reason} It takes effect at once, and no consumer has to stop.`,
    commands: [
      `kafka-configs.sh --bootstrap-server ${shell(addressOf(facts.brokers, broker))} --alter --entity-type topics --entity-name ${shell(destination)} --add-config retention.ms=${hours * 3_600_000}`,
    ],
  };
}
