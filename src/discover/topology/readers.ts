import type { QueueReading } from '../../model/sweep';
import type { DerivedQueue, DerivedStage, DerivedTopology } from './derive';

/** Names that clients give themselves or their consumers when nobody does: they tell no program. */
const givenByLibraries =
  /^(rdkafka|sarama|kafkajs|aiokafka|kafka-python|confluent-kafka|librdkafka|segmentio|kgo|(amq\.)?ctag|consumer-\d|\[)|->|^$/;

/** Who reads a queue or publishes to it, as its broker sees it. */
export interface Seen {
  queue: DerivedQueue;
  /** What its clients and its group call themselves, without what tells instances apart. */
  names: string[];
}

/**
 * The stages with what brokers see: a group or consumer that is connected reads its queue, whatever the source says. A
 * stage that carries the name of the group or of a client is that reader; where its code names the queue nowhere, that is
 * a conflict. A reader that no stage is becomes one of its own.
 */
export function withReaders(
  stages: readonly DerivedStage[],
  queues: readonly QueueReading[],
): Pick<DerivedTopology, 'stages' | 'conflicts'> {
  return withSeen(stages, queues.flatMap(readerOf), 'consumes');
}

/**
 * The stages with those that are seen in one direction, as `withReaders` describes.
 * @param coded names of the stages that the source tells
 */
export function withSeen(
  stages: readonly DerivedStage[],
  seen: readonly Seen[],
  direction: 'consumes' | 'produces',
  coded: ReadonlySet<string> = new Set(stages.map(({ name }) => name)),
): Pick<DerivedTopology, 'stages' | 'conflicts'> {
  const all = new Map(stages.map((stage) => [stage.name, { ...stage, [direction]: [...stage[direction]] }]));
  const conflicts: string[] = [];
  for (const { queue, names } of seen) {
    // A queue that one stage reads may have any number of others that produce it.
    const known = [...all.values()].filter(
      (stage) =>
        stage[direction].some((each) => isSame(each, queue)) &&
        (direction === 'consumes' || names.includes(stage.name)),
    );
    for (const stage of known)
      stage[direction] = stage[direction].map((each) =>
        isSame(each, queue) ? { ...each, origins: [...each.origins, ...queue.origins] } : each,
      );
    if (known.length > 0) continue;
    const named = names.map((name) => all.get(name)).find((stage) => stage !== undefined);
    const [name] = names;
    if (named) {
      named[direction].push(queue);
      if (coded.has(named.name))
        conflicts.push(`${labelOf(queue)}: ${queue.origins.join(', ')}, the code of ${named.name} does not name it`);
    } else if (name !== undefined) all.set(name, { name, consumes: [], produces: [], [direction]: [queue] });
  }
  return { stages: [...all.values()], conflicts };
}

function readerOf({ system, broker, destination, group, members, consumers }: QueueReading): Seen[] {
  if (system === 'prometheus' || system === 'demo' || (members?.length ?? consumers ?? 0) === 0) return [];
  const clients = (members ?? []).map(({ client, id }) =>
    [client ?? '', id].find((name) => !givenByLibraries.test(name)),
  );
  const programs = [...new Set(clients.flatMap((client) => (client === undefined ? [] : program(client))))].sort();
  const who = [...(group === null ? [] : [`group ${group}`]), ...programs.map((name) => `client ${name}`)];
  const origin = `${broker}: ${who.length === 0 ? 'a consumer' : who.join(' and ')} reads it`;
  const names = [...(group === null ? [] : [group]), ...programs];
  return [{ queue: { system, destination, group, origins: [origin] }, names }];
}

/** The program that a client belongs to; null: its name tells none. */
export const programOf = (client: string | null): string | null =>
  client === null || givenByLibraries.test(client) ? null : program(client);

/** `billing` of `billing-2`, `billing-7f9c4d-x2x5z` of a pod, `billing-0190f3…` of a generated id. */
const program = (client: string): string =>
  client.replace(/([-_.](\d+|(?=[a-f]*\d)[0-9a-f]{6,}|(?=[a-z]*\d)[a-z0-9]{5}))+$/, '');

/** Source may leave the group to the run. */
const isSame = (told: DerivedQueue, seen: DerivedQueue) =>
  told.system === seen.system &&
  told.destination === seen.destination &&
  (told.group === null || told.group === seen.group);

const labelOf = ({ destination, group }: DerivedQueue) => (group === null ? destination : `${destination} · ${group}`);
