import { shell } from '../../model/escape';
import { count, duration, plural } from '../../model/format';
import { addressOf } from '../advice/case';
import { destructive, step, type Commands, type RunbookStep, type Situation } from './situation';

/** Kafka's own commands for a topic, and for the group that reads it. */
export function kafkaCommands({ queue, broker, keepSeconds }: Situation): Commands {
  const { destination, group } = queue;
  const server = `--bootstrap-server ${shell(broker ? addressOf([broker], broker.name) : '')}`;
  const topic = shell(destination);
  const hours = Math.ceil(keepSeconds / 3600);
  const keep = step(
    `Keep its messages for ${duration(hours * 3600)}, so that retention takes none away unread.`,
    `kafka-configs.sh ${server} --alter --entity-type topics --entity-name ${topic} --add-config retention.ms=${hours * 3_600_000}`,
  );
  const settings = step(
    'Look how long the topic keeps its messages.',
    `kafka-configs.sh ${server} --describe --entity-type topics --entity-name ${topic}`,
  );
  if (group === null) return { assess: [settings], makeRoom: [keep], giveUp: [] };
  const groups = `kafka-consumer-groups.sh ${server}`;
  return {
    assess: [...lookAt(groups, group), settings],
    makeRoom: [keep, placeForFailures(queue, server)],
    giveUp: skip(queue, group, groups),
  };
}

/** @param groups the command for groups, with its server */
const lookAt = (groups: string, group: string): RunbookStep[] => [
  step('Look at each partition: who reads it, and how far behind.', `${groups} --describe --group ${shell(group)}`),
  step(
    'Look at the members and what they are assigned.',
    `${groups} --describe --group ${shell(group)} --members --verbose`,
  ),
];

function placeForFailures({ destination, partitions }: Situation['queue'], server: string): RunbookStep {
  const dead = `${destination}.dead`;
  return step(
    `Make ${dead} for messages that fail. Kafka moves none by itself: let the consumer produce them there, and commit.`,
    `kafka-topics.sh ${server} --create --if-not-exists --topic ${shell(dead)} --partitions ${partitions ?? 1}`,
  );
}

function skip({ destination, waiting }: Situation['queue'], group: string, groups: string): RunbookStep[] {
  const reset = `${groups} --group ${shell(group)} --topic ${shell(destination)} --reset-offsets`;
  const all = waiting === null ? 'every message' : `all of the ${plural(waiting, 'message')}`;
  return [
    step(
      'Only if old messages are worth nothing any more: stop every member of the group (offsets of a working group cannot be reset), then see what skipping to an hour ago would do. A partition that is less than an hour behind would go back by it, and messages be read again.',
      `${reset} --by-duration PT1H --dry-run`,
    ),
    destructive(
      'Skip what is older than an hour.',
      `${reset} --by-duration PT1H --execute`,
      `Those of the ${waiting === null ? '' : `${count(waiting)} `}waiting messages that are older than an hour are never read by ${group}; they stay in the topic until retention ends.`,
    ),
    step('See what skipping everything would do.', `${reset} --to-latest --dry-run`),
    destructive(
      'Skip everything that waits.',
      `${reset} --to-latest --execute`,
      `${group} never reads ${all} that wait now; they stay in the topic until retention ends, so --to-offset brings them back until then.`,
    ),
  ];
}
