import { plural, rate } from '../../model/format';
import type { Recommendation } from '../../model/report';
import { costNow, nameOf, unused, type Case } from './case';

/** Reads fewer messages at a time, so that they are done before the group takes the reader for dead. */
export const smallerPolls = (facts: Case): Recommendation => ({
  ...unused,
  kind: 'batch',
  title: `Let ${nameOf(facts)} take fewer messages at a time (max.poll.records), or more time for them (max.poll.interval.ms)`,
  monthlyCost: costNow(facts),
  why: 'A member that is not back for the next messages in time is put out of the group, and all others stop until its partitions are given away.',
});

/** Members that come back keep their partitions. */
export function keepMembers(facts: Case): Recommendation {
  const members = facts.trouble.queue?.facts.latest.members ?? null;
  return {
    ...unused,
    kind: 'restart-consumer',
    title: `Find which member of ${nameOf(facts)} keeps leaving, and restart the group with fixed members (group.instance.id)`,
    instances: facts.figures?.instances ?? null,
    monthlyCost: costNow(facts),
    why: `${members === null ? 'With' : `${plural(members.length, 'member')} seen; with`} an id of its own and the cooperative assignor one that comes back takes up where it left, and the others work on.`,
  };
}

/** Messages that fail again and again leave the queue. */
export function deadLetter(facts: Case): Recommendation {
  const latest = facts.trouble.queue?.facts.latest;
  const target = latest?.deadLetter ?? null;
  const pace = facts.trouble.processingRate;
  return {
    ...unused,
    kind: 'dead-letter',
    title: `Move messages of ${latest?.destination ?? nameOf(facts)} that failed a few times to a dead-letter queue${target === null ? '' : ` (${target} is set: limit the deliveries)`}`,
    monthlyCost: costNow(facts),
    why: `They are delivered again instead of ${pace === null ? 'new ones' : `more than ${rate(pace)} being finished`}; set aside they can be read in peace.`,
  };
}
