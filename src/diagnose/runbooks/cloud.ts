import { shell } from '../../model/escape';
import { plural } from '../../model/format';
import { destructive, hostOf, step, type Commands, type Situation } from './situation';

/** The AWS command line for an SQS queue. */
export function sqsCommands({ queue }: Situation): Commands {
  const name = shell(queue.destination);
  const url = `"$(aws sqs get-queue-url --queue-name ${name} --query QueueUrl --output text)"`;
  return {
    assess: [
      step(
        'Look at its counts, its limits and its dead-letter queue.',
        `aws sqs get-queue-attributes --queue-url ${url} --attribute-names All`,
      ),
    ],
    makeRoom: [
      step(
        'Keep its messages as long as SQS can, 14 days.',
        `aws sqs set-queue-attributes --queue-url ${url} --attributes MessageRetentionPeriod=1209600`,
      ),
    ],
    giveUp: [
      destructive(
        'Only if what waits is worth nothing any more: empty the queue.',
        `aws sqs purge-queue --queue-url ${url}`,
        `${waitingText(queue)} in ${queue.destination}, in flight too, for good.`,
      ),
    ],
  };
}

/** The nats command line for a stream and its consumer. */
export function natsCommands({ queue, broker }: Situation): Commands {
  const { host, port } = hostOf(broker, '4222');
  const nats = `nats --server ${shell(`nats://${host}:${port}`)}`;
  const stream = shell(queue.destination);
  const assess = [
    step('Look at the stream and its limits.', `${nats} stream info ${stream}`),
    ...(queue.group === null
      ? []
      : [step('Look at the consumer.', `${nats} consumer info ${stream} ${shell(queue.group)}`)]),
  ];
  return {
    assess,
    makeRoom: [],
    giveUp: [
      destructive(
        'Only if what waits is worth nothing any more: empty the stream.',
        `${nats} stream purge ${stream} --force`,
        `Every message of ${queue.destination}, for each of its consumers and for good.`,
      ),
    ],
  };
}

const waitingText = ({ backlog }: Situation['queue']) =>
  backlog === null ? 'Every message' : `The ${plural(backlog, 'message')}`;
