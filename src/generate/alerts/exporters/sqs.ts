import { select } from '../promql';
import type { AlertQueue, Exporter, Moment, QueueSeries } from '../words';

const total = (expression: string) => `sum by (job) (${expression})`;
/** CloudWatch's figures are minutes late and minutes apart. */
const leastWindow = 1800;

/** The name of a figure of the queue, as the exporter has it. */
type SeriesOf = (queue: AlertQueue, figure: string) => string;

/** The figures of AWS/SQS; both exporters name them alike, but for the label of the queue. */
const cloudWatch = (queueLabel: string, about: Pick<Exporter, 'name' | 'fingerprint' | 'needs'>): Exporter => {
  const of: SeriesOf = ({ destination }, figure) => select(`aws_sqs_${figure}`, { [queueLabel]: destination });
  return {
    ...about,
    tellsOf: 'queues of SQS',
    fits: ({ system }) => system === 'aws_sqs',
    leastWindow,
    describe: (queue) => seriesOf(queue, of),
    show: (queue, moment) => seriesAt(queue, moment, of),
  };
};

function seriesOf(queue: AlertQueue, of: SeriesOf): QueueSeries {
  const visible = of(queue, 'approximate_number_of_messages_visible_average');
  const held = of(queue, 'approximate_number_of_messages_not_visible_average');
  const none = (figure: string, window: string) =>
    `${total(`max_over_time(${of(queue, `${figure}_sum`)}[${window}])`)} == 0`;
  const some = (figure: string, window: string) =>
    `${total(`max_over_time(${of(queue, `${figure}_sum`)}[${window}])`)} > 0`;
  return {
    present: {
      why: 'CloudWatch stops telling of a queue that is not used for six hours',
      enable: 'alert on up == 0 of the exporter instead',
    },
    backlog: `(${total(visible)} + ${total(held)})`,
    growth: (window) => `(${total(`deriv(${visible}[${window}])`)} + ${total(`deriv(${held}[${window}])`)})`,
    arrivals: {
      why: 'what was sent is summed over a period that the metric does not tell',
      enable: 'the measured rate stands in the rules instead',
    },
    stuck: (window) =>
      `${total(visible)} > 1 and ${none('number_of_messages_deleted', window)} and ${some('number_of_messages_received', window)}`,
    noConsumers: (window) =>
      `${total(visible)} > 0 and ${none('number_of_messages_received', window)} and ${none('number_of_empty_receives', window)}`,
    age: total(of(queue, 'approximate_age_of_oldest_message_maximum')),
    retained: {
      why: 'CloudWatch does not tell how long the queue keeps messages',
      enable: 'give its MessageRetentionPeriod as --retention, such as 4d',
    },
  };
}

/** What the exporter would say of the queue at a moment. */
function seriesAt(
  queue: AlertQueue,
  { partitions, consumers, nextAgeSeconds, lastMinute }: Moment,
  of: SeriesOf,
): Record<string, number> {
  const backlog = partitions.reduce((sum, { end, committed }) => sum + end - committed, 0);
  const held = consumers > 0 ? Math.min(backlog, 10) : 0;
  // What is not deleted is received again and again.
  const received = consumers > 0 ? Math.max(lastMinute.finished, Math.min(backlog, 10)) : 0;
  return {
    [of(queue, 'approximate_number_of_messages_visible_average')]: backlog - held,
    [of(queue, 'approximate_number_of_messages_not_visible_average')]: held,
    // A message that was received three times goes to the back, and is the oldest no more (AWS, SQS metrics).
    [of(queue, 'approximate_age_of_oldest_message_maximum')]: nextAgeSeconds,
    [of(queue, 'number_of_messages_deleted_sum')]: lastMinute.finished,
    [of(queue, 'number_of_messages_received_sum')]: received,
    [of(queue, 'number_of_empty_receives_sum')]: consumers > 0 && backlog === 0 ? 20 : 0,
  };
}

const figures =
  'ApproximateNumberOfMessagesVisible and NotVisible (Average), ApproximateAgeOfOldestMessage (Maximum), NumberOfMessagesDeleted, NumberOfMessagesReceived and NumberOfEmptyReceives (Sum) of AWS/SQS';

/** github.com/prometheus-community/yet-another-cloudwatch-exporter. */
export const yace = cloudWatch('dimension_QueueName', {
  name: 'yace',
  fingerprint: 'aws_sqs_approximate_number_of_messages_visible_average{dimension_QueueName!=""}',
  needs: `${figures}, with nilToZero`,
});

/** github.com/prometheus/cloudwatch_exporter. */
export const cloudwatchExporter = cloudWatch('queue_name', {
  name: 'cloudwatch_exporter',
  fingerprint: 'aws_sqs_approximate_number_of_messages_visible_average{queue_name!=""}',
  needs: figures,
});
