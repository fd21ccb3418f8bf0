import { Document } from 'yaml';
import { plain, shell } from '../../model/escape';
import { duration, rate } from '../../model/format';
import { queueLabel } from '../../model/identity';
import { threshold } from './promql';
import { criticalFactor, measuredRate } from './thresholds';
import type { AlertOptions, AlertQueue, Fault, Refusal } from './words';
import type { WrittenAlerts } from './write';

/** Seconds: AWS/SQS has a figure a minute. */
const period = 60;
const retainedShare = 0.8;
const growthShare = 0.05;
const backlogSeconds = 30;
const manyMessages = 1000;

/** Figures of AWS/SQS by the name they have in our expressions. */
const figures = {
  visible: ['ApproximateNumberOfMessagesVisible', 'Average'],
  received: ['NumberOfMessagesReceived', 'Sum'],
  empty: ['NumberOfEmptyReceives', 'Sum'],
  deleted: ['NumberOfMessagesDeleted', 'Sum'],
  age: ['ApproximateAgeOfOldestMessage', 'Maximum'],
} as const;

/** Alarms of CloudWatch for queues of SQS, as a CloudFormation template with the same alarms as commands in its comments. */
export function cloudWatchAlarms({ queues }: { queues: readonly AlertQueue[] }, options: AlertOptions): WrittenAlerts {
  const ours = queues.filter(({ system }) => system === 'aws_sqs');
  const refused: WrittenAlerts['refused'] = queues
    .filter(({ system }) => system !== 'aws_sqs')
    .map((queue) => ({
      subject: plain(queueLabel(queue)),
      refusal: { why: 'CloudWatch has figures of SQS only', enable: 'take --target prometheus or grafana' },
    }));
  const alarms = ours.flatMap((queue, i) => {
    const { conditions, missing } = conditionsOf(queue, options);
    refused.push(...missing.map(([fault, refusal]) => ({ subject: `${plain(queueLabel(queue))}, ${fault}`, refusal })));
    return conditions.map(([fault, expression, text]) => ({
      logicalId: `Queue${i + 1}${fault.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
      alarm: alarmOf(queue, fault, expression, text, options),
    }));
  });
  const document = new Document({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Alarms on the backlog of SQS queues, written by Backpressure Analyzer',
    Resources: Object.fromEntries(
      alarms.map(({ logicalId, alarm }) => [logicalId, { Type: 'AWS::CloudWatch::Alarm', Properties: alarm }]),
    ),
  });
  document.commentBefore = [
    ...ours.map((queue) => {
      const arrivals = measuredRate(queue);
      const measured =
        arrivals === null ? 'no arrivals were measured' : `${rate(arrivals)} arrived when this was measured`;
      return `${queueLabel(queue)}: ${measured}.`;
    }),
    'The same with the command line of AWS:',
    ...alarms.map(({ alarm }) => `aws cloudwatch put-metric-alarm --cli-input-json ${shell(JSON.stringify(alarm))}`),
  ]
    .map((line) => ` ${plain(line)}`)
    .join('\n');
  return { text: document.toString({ lineWidth: 0 }), rules: alarms.length, refused, tests: null, dashboard: null };
}

/** An expression that is above 0 while the fault lasts (CloudWatch metric math), and what is said of it. */
type Condition = [Fault, string, string];

interface Conditions {
  conditions: Condition[];
  missing: [Fault, Refusal][];
}

function conditionsOf(queue: AlertQueue, { maxAgeSeconds, retentionSeconds }: AlertOptions): Conditions {
  const arrivals = measuredRate(queue);
  const growth = threshold(arrivals === null ? manyMessages / 1800 : growthShare * arrivals);
  const backlog = (seconds: number) => threshold(arrivals === null ? manyMessages : Math.max(1, seconds * arrivals));
  const critical = maxAgeSeconds * criticalFactor;
  const loss = retentionLoss(retentionSeconds);
  return {
    conditions: [
      [
        'growing',
        `RATE(visible) > ${growth} AND visible > ${backlog(backlogSeconds)}`,
        'More arrives than is finished.',
      ],
      [
        'will-not-drain',
        `RATE(visible) >= 0 AND visible > ${backlog(maxAgeSeconds)}`,
        `What waits does not fall, and is more than arrives in ${duration(maxAgeSeconds)}.`,
      ],
      ['stuck', 'visible > 1 AND received > 0 AND deleted == 0', 'Messages are received, and none is deleted.'],
      ['no-consumers', 'visible > 0 AND received + empty == 0', 'Messages wait and nobody asks for them.'],
      ['age-warning', `age > ${maxAgeSeconds}`, `The oldest message should be at most ${duration(maxAgeSeconds)} old.`],
      ['age-critical', `age > ${critical}`, `The oldest message is older than ${duration(critical)}.`],
      ...loss.conditions,
    ],
    missing: [['absent', unusedIsSilent], ...loss.missing],
  };
}

const unusedIsSilent: Refusal = {
  why: 'CloudWatch stops telling of a queue that is not used for six hours',
  enable: 'nothing: an unused queue is no fault',
};

/** @param seconds how long messages are kept; null: nobody told */
function retentionLoss(seconds: number | null): Conditions {
  if (seconds === null) {
    const refusal = {
      why: 'CloudWatch does not tell how long the queue keeps messages',
      enable: 'give its MessageRetentionPeriod as --retention, such as 4d',
    };
    return { conditions: [], missing: [['retention-loss', refusal]] };
  }
  const said = `Messages are kept for ${duration(seconds)}, and the oldest is about to be taken away unread.`;
  return { conditions: [['retention-loss', `age > ${seconds * retainedShare}`, said]], missing: [] };
}

function alarmOf(queue: AlertQueue, fault: Fault, expression: string, text: string, options: AlertOptions) {
  const used = Object.entries(figures).filter(([name]) => new RegExp(`\\b${name}\\b`).test(expression));
  const minutes = Math.max(1, Math.ceil(options.forSeconds / period));
  return {
    AlarmName: `backpressure ${plain(queueLabel(queue))} ${fault}`.slice(0, 255),
    AlarmDescription: `${text} ${options.runbook}#${fault}`,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
    EvaluationPeriods: minutes,
    DatapointsToAlarm: minutes,
    TreatMissingData: 'notBreaching',
    Metrics: [
      { Id: 'fault', Expression: `IF(${expression}, 1, 0)`, Label: fault, ReturnData: true },
      ...used.map(([name, [metric, statistic]]) => ({
        Id: name,
        ReturnData: false,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: metric,
            Dimensions: [{ Name: 'QueueName', Value: queue.destination }],
          },
          Period: period,
          Stat: statistic,
        },
      })),
    ],
  };
}
