import { queueId } from '../../model/identity';
import type { Identity, QueueFigure, QueueReading } from '../../model/sweep';
import { readingOf } from '../reading';
import { allOf, known, nothing, unread, type Told } from '../told';
import type { QueueMetrics } from './cloudWatch';
import { isNoQueue, rowReason } from './errors';
import type { Attributes, QueueRead } from './read';

/** Figures that SQS never has: it knows nothing of who reads, and sets no limits. */
export const notApplicable = [
  'lost',
  'redelivered',
  'rebalances',
  'retained',
  'capacity',
  'capacityBytes',
  'consumers',
  'prefetch',
  'consumerCapacity',
] as const satisfies readonly QueueFigure[];

/** Figures that every row has an answer for. */
const rowFigures = [
  'backlog',
  'waiting',
  'inFlight',
  'delayed',
  'ageSeconds',
  'produced',
  'consumed',
  'arrivalRate',
  'departureRate',
] as const satisfies readonly QueueFigure[];
type RowFigure = (typeof rowFigures)[number];

/** Messages handed out and not deleted, after which SQS hands out none (developer guide, quotas of messages). */
const mostInFlight = 120_000;

/** @param metrics what CloudWatch tells of the queue, or why it does not */
export function queueRow(
  broker: string,
  { name, attributes }: QueueRead,
  metrics: QueueMetrics | string,
): QueueReading {
  const place = placeOf(broker, name);
  if (attributes instanceof Error) {
    const reason = isNoQueue(attributes) ? 'there is no such queue (yet)' : rowReason(attributes);
    return readingOf(place, everyFigure(unread(reason)));
  }
  const visible = depth(attributes, 'ApproximateNumberOfMessages');
  const inFlight = depth(attributes, 'ApproximateNumberOfMessagesNotVisible');
  const delayed = depth(attributes, 'ApproximateNumberOfMessagesDelayed');
  const waiting = sum(visible, delayed);
  const backlog = sum(waiting, inFlight);
  const { ageSeconds, arrivalRate, departureRate } = measured(metrics, backlog.value);
  return readingOf<RowFigure>(
    place,
    {
      ...{ backlog, waiting, inFlight, delayed, ageSeconds, arrivalRate, departureRate },
      ...{ produced: noCounters, consumed: noCounters },
    },
    {
      brokerState: (inFlight.value ?? 0) >= mostInFlight ? 'in-flight limit' : null,
      queueType: attributes.FifoQueue === 'true' ? 'fifo' : 'standard',
      deadLetter: deadLetterOf(attributes),
    },
  );
}

/** The depth that decides which queues CloudWatch is asked for; 0 where it is unknown. */
export const depthOf = ({ attributes }: QueueRead): number =>
  attributes instanceof Error ? 0 : Number(attributes.ApproximateNumberOfMessages ?? 0);

const depth = (attributes: Attributes, name: string): Told => {
  const text = attributes[name];
  if (text === undefined || !/^\d+$/.test(text)) return unread(`SQS did not tell ${name}`);
  return known(Number(text), sampled);
};
const sampled = 'SQS counts approximately, and up to a minute late';

const sum = (one: Told, other: Told): Told => {
  if (one.value === null) return one;
  return other.value === null ? other : known(one.value + other.value, sampled);
};

function measured(metrics: QueueMetrics | string, backlog: number | null) {
  const tell = (field: keyof QueueMetrics): Told => {
    if (typeof metrics === 'string') return unread(metrics);
    const value = metrics[field];
    return value === null
      ? unread('CloudWatch has no data of the last minutes for this queue')
      : known(value, lastMinute);
  };
  return {
    ageSeconds: backlog === 0 ? nothing('nothing is unfinished') : tell('ageSeconds'),
    arrivalRate: tell('sent'),
    departureRate: tell('deleted'),
  };
}
const lastMinute = 'of the last minute that CloudWatch knows';

const noCounters = unread('SQS keeps no counters');

const everyFigure = (told: Told) => allOf(rowFigures, told);

/** The name at the end of arn:aws:sqs:REGION:ACCOUNT:NAME in the redrive policy. */
function deadLetterOf({ RedrivePolicy }: Attributes): string | null {
  const arn = /"deadLetterTargetArn"\s*:\s*"([^"]*)"/.exec(RedrivePolicy ?? '')?.[1];
  return arn === undefined ? null : arn.slice(arn.lastIndexOf(':') + 1);
}

const placeOf = (broker: string, destination: string): Identity => ({
  id: queueId({ broker, destination }),
  broker,
  system: 'aws_sqs',
  kind: 'queue',
  namespace: null,
  destination,
  group: null,
});
