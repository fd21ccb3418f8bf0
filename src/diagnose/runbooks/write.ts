import { count, duration, rate } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { Objectives } from '../../model/pipeline';
import type { Bottleneck, QueueReport, Report, Runbook } from '../../model/report';
import type { BrokerReading, System } from '../../model/sweep';
import { natsCommands, sqsCommands } from './cloud';
import { kafkaCommands } from './kafka';
import { rabbitmqCommands } from './rabbitmq';
import { redisCommands } from './redis';
import { step, type Commands, type RunbookStep, type Situation } from './situation';

/** Beyond this many nobody works through them at night. */
const mostRunbooks = 10;
/** Retention meanwhile: a day at least, and twice what the backlog needs. */
const daySeconds = 86_400;

const commandsOf: Record<System, ((situation: Situation) => Commands) | null> = {
  kafka: kafkaCommands,
  rabbitmq: rabbitmqCommands,
  redis: redisCommands,
  aws_sqs: sqsCommands,
  nats: natsCommands,
  prometheus: null,
  demo: null,
};

/**
 * What to do about each backlog that does not drain in the time it should: look, add capacity, make room, and last what
 * costs messages. Worst first.
 */
export function writeRunbooks(
  { queues, bottlenecks, brokers }: Pick<Report, 'queues' | 'bottlenecks' | 'brokers'>,
  objectives: Objectives,
): Runbook[] {
  const byId = new Map(queues.map((queue) => [queue.id, queue]));
  const held = bottlenecks.flatMap((bottleneck) => {
    const queue = byId.get(bottleneck.queue ?? '');
    return queue ? [{ queue, bottleneck }] : [];
  });
  const heldIds = new Set(held.map(({ queue }) => queue.id));
  const slow = queues
    .filter(({ id }) => !heldIds.has(id))
    .filter(({ drainSeconds, state }) => (drainSeconds ?? 0) > objectives.drainSeconds || state === 'data-loss-risk')
    .map((queue) => ({ queue, bottleneck: null }));
  return [...held, ...slow]
    .slice(0, mostRunbooks)
    .map((item) => write(item.queue, item.bottleneck, brokers, objectives));
}

function write(
  queue: QueueReport,
  bottleneck: Bottleneck | null,
  brokers: readonly BrokerReading[],
  { drainSeconds }: Objectives,
): Runbook {
  const broker = brokers.find(({ name }) => name === queue.broker) ?? null;
  const keepSeconds = Math.max(daySeconds, 2 * ((queue.ageSeconds ?? 0) + (queue.drainSeconds ?? drainSeconds)));
  const commands = commandsOf[queue.system]?.({ queue, broker, bottleneck, keepSeconds });
  const { assess, makeRoom, giveUp } = commands ?? { assess: [], makeRoom: [], giveUp: [] };
  const backlog = queue.backlog === null ? 'a backlog' : `${count(queue.backlog)} messages`;
  return {
    queue: queue.id,
    title: `${queueLabel(queue)}: ${backlog} to work off`,
    steps: [step(situationText(queue)), ...assess, ...capacity(queue, bottleneck), ...makeRoom, ...giveUp],
  };
}

function situationText({ state, reason, drainSeconds }: QueueReport): string {
  const end =
    drainSeconds === null ? 'At the present rates it never drains.' : `It drains in ${duration(drainSeconds)}.`;
  return `It is ${state}. ${reason} ${state === 'draining' ? '' : end}`.trim();
}

/** What the report advises, in its order; where nothing is held up, waiting is the advice. */
function capacity({ departureRate, trend }: QueueReport, bottleneck: Bottleneck | null): RunbookStep[] {
  if (!bottleneck) {
    const pace = departureRate === null ? '' : ` (${rate(departureRate)} now)`;
    return trend.state === 'draining'
      ? [step(`It gets less by itself; more consumers${pace} make it faster.`)]
      : [step(`More consumers${pace} make it less.`)];
  }
  return bottleneck.recommendations.flatMap(({ title, why, commands }) =>
    (commands.length === 0 ? [null] : commands).map((command) => step(`${title}. ${why}`, command)),
  );
}
