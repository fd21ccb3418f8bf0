import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type GetMetricDataCommandOutput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { sqsError } from './errors';

/** What CloudWatch tells of one queue, of its last whole minute; null where it has no data, as for idle queues. */
export interface QueueMetrics {
  ageSeconds: number | null;
  /** Messages per second. */
  sent: number | null;
  deleted: number | null;
}

const metrics = {
  ageSeconds: { name: 'ApproximateAgeOfOldestMessage', statistic: 'Maximum', scale: 1 },
  sent: { name: 'NumberOfMessagesSent', statistic: 'Sum', scale: 1 / 60 },
  deleted: { name: 'NumberOfMessagesDeleted', statistic: 'Sum', scale: 1 / 60 },
} as const satisfies Record<keyof QueueMetrics, object>;
const fields = Object.keys(metrics) as (keyof QueueMetrics)[];

/** SQS sends a value a minute, and it may take a few to arrive. */
const periodSeconds = 60;
const lookBackMs = 5 * 60_000;
/** One call, which takes 500 queries, and a known price: three metrics a queue and minute. */
const mostQueues = 100;
/** Where CloudWatch may not be read it is not asked again for a while. */
const againAfterMs = 5 * 60_000;

/** What CloudWatch says of queues, asked once a minute whatever the sweeps. */
export class CloudWatch {
  private metrics = new Map<string, QueueMetrics>();
  private refused: string | null = null;
  private askAt = 0;

  constructor(readonly client: CloudWatchClient) {}

  /**
   * Asks again when it is time to. Never rejects: what is refused is the reason of the figures it should have told.
   * @param queues names, the most important first
   * @param at milliseconds since the epoch
   */
  async refresh(queues: readonly string[], at: number, abortSignal: AbortSignal): Promise<void> {
    if (at < this.askAt || queues.length === 0) return;
    try {
      this.metrics = await readMetrics(this.client, queues.slice(0, mostQueues), at, abortSignal);
      this.refused = null;
      this.askAt = at + periodSeconds * 1000;
    } catch (error) {
      this.metrics = new Map();
      this.refused = `CloudWatch is not to be read: ${sqsError(error).message}`;
      this.askAt = at + againAfterMs;
    }
  }

  /** The figures of one queue, or why there are none. */
  of(queue: string): QueueMetrics | string {
    return this.metrics.get(queue) ?? this.refused ?? `CloudWatch is asked for the ${mostQueues} deepest queues only`;
  }
}

/** The newest values of each queue. @throws what the SDK throws */
async function readMetrics(
  client: CloudWatchClient,
  queues: readonly string[],
  at: number,
  abortSignal: AbortSignal,
): Promise<Map<string, QueueMetrics>> {
  const asked = new GetMetricDataCommand({
    StartTime: new Date(at - lookBackMs),
    EndTime: new Date(at),
    ScanBy: 'TimestampDescending',
    MetricDataQueries: queues.flatMap((queue, i) => fields.map((field) => query(queue, field, i))),
  });
  const answer = await client.send(asked, { abortSignal });
  return new Map(queues.map((queue, i) => [queue, metricsOf(answer, i)]));
}

const idOf = (field: keyof QueueMetrics, i: number) => `${field.toLowerCase()}${i}`;

const query = (queue: string, field: keyof QueueMetrics, i: number): MetricDataQuery => ({
  Id: idOf(field, i),
  MetricStat: {
    Metric: {
      Namespace: 'AWS/SQS',
      MetricName: metrics[field].name,
      Dimensions: [{ Name: 'QueueName', Value: queue }],
    },
    Period: periodSeconds,
    Stat: metrics[field].statistic,
  },
});

function metricsOf({ MetricDataResults = [] }: GetMetricDataCommandOutput, i: number): QueueMetrics {
  const newest = (field: keyof QueueMetrics) => {
    const value = MetricDataResults.find(({ Id }) => Id === idOf(field, i))?.Values?.[0];
    return value === undefined ? null : value * metrics[field].scale;
  };
  return { ageSeconds: newest('ageSeconds'), sent: newest('sent'), deleted: newest('deleted') };
}
