import { shell } from '../../model/escape';
import { plural } from '../../model/format';
import { destructive, hostOf, step, type Commands, type Situation } from './situation';

/** The AWS command line for an SQS queue; where something else stands in for SQS, at its address. */
export function sqsCommands({ queue, broker }: Situation): Commands {
  const aws = `aws${whereOf(broker)} sqs`;
  // What a queue with an order cannot finish may go to a queue with an order only.
  const isFifo = queue.destination.endsWith('.fifo');
  const dead = isFifo ? `${queue.destination.slice(0, -'.fifo'.length)}-dead.fifo` : `${queue.destination}-dead`;
  const urlOf = (name: string) =>
    `"$(${aws} get-queue-url --queue-name ${shell(name)} --query QueueUrl --output text)"`;
  const url = urlOf(queue.destination);
  const arn = `"$(${aws} get-queue-attributes --queue-url ${urlOf(dead)} --attribute-names QueueArn --query Attributes.QueueArn --output text)"`;
  const redrive = `"$(printf '{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"%s\\",\\"maxReceiveCount\\":\\"5\\"}"}' ${arn})"`;
  return {
    assess: [
      step(
        'Look at its counts, its limits and its dead-letter queue.',
        `${aws} get-queue-attributes --queue-url ${url} --attribute-names All`,
      ),
    ],
    makeRoom: [
      step(
        'Keep its messages as long as SQS can, 14 days.',
        `${aws} set-queue-attributes --queue-url ${url} --attributes MessageRetentionPeriod=1209600`,
      ),
      step(
        `Make ${dead} for messages that fail, unless the queue has such a one.`,
        `${aws} create-queue --queue-name ${shell(dead)} --attributes MessageRetentionPeriod=1209600${isFifo ? ',FifoQueue=true' : ''}`,
      ),
      step(
        'Send there what was received five times and never deleted.',
        `${aws} set-queue-attributes --queue-url ${url} --attributes ${redrive}`,
      ),
    ],
    giveUp: [
      destructive(
        'Only if what waits is worth nothing any more: empty the queue.',
        `${aws} purge-queue --queue-url ${url}`,
        `${waitingText(queue)} in ${queue.destination}, in flight too, for good.`,
      ),
    ],
  };
}

/** ` --region …` of `sqs://region`, ` --endpoint-url …` of `sqs+http://host:port`. */
function whereOf(broker: Situation['broker']): string {
  const [, scheme, host = '', port] =
    /^sqs(\+https?)?:\/\/(?:[^@/]*@)?([^:/?]*)(?::(\d+))?/.exec(broker?.url ?? '') ?? [];
  if (host === '') return '';
  if (scheme === undefined) return ` --region ${shell(host)}`;
  return ` --endpoint-url ${shell(`${scheme.slice(1)}://${host}${port === undefined ? '' : `:${port}`}`)}`;
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
    makeRoom: [
      step(
        'If the stream drops messages by their age sooner, keep them for a week.',
        `${nats} stream edit ${stream} --max-age 168h --force`,
      ),
      ...(queue.group === null
        ? []
        : [
            step(
              'Stop delivering what failed five times; the server tells of each on $JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES, and it stays in the stream.',
              `${nats} consumer edit ${stream} ${shell(queue.group)} --max-deliver 5 --force`,
            ),
          ]),
    ],
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
