import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { BrokerConfig } from '../../model/brokerUrl';
import type { BrokerError } from '../../model/sweep';
import { orHttpSpeaksTls } from '../network';
import type { OpenSource, Source, SourceOptions, SourceReading, SweepRequest } from '../source';
import { limited } from '../within';
import { clientConfig, countInto, endpointOf, limitAnswers, type Traffic } from './client';
import { CloudWatch } from './cloudWatch';
import { isDenied, sqsError } from './errors';
import { Asking, notReached, readQueues, type QueueRead } from './read';
import { depthOf, notApplicable, queueRow } from './rows';

/** Queues of one region of AWS SQS, or of what stands in for it, with ages and rates from CloudWatch where it may be read. */
export const open: OpenSource = (config, options) => new SqsSource(config, options);

/** AWS takes money for each call, and its figures settle slowly: asked sooner, the reading before is given again. */
const freshMs = 30_000;

interface Clients {
  sqs: SQSClient;
  cloudWatch: CloudWatch;
  traffic: Traffic;
}

class SqsSource implements Source {
  private clients: Clients | null = null;
  private last: { at: number; reading: SourceReading } | null = null;
  private costTold = false;
  private firstInTurn: string | null = null;
  private readonly addresses = new Map<string, string>();
  private readonly wanted: readonly string[] | null;

  constructor(
    readonly config: BrokerConfig,
    private readonly options: SourceOptions,
  ) {
    const mine = options.wanted?.filter(({ broker }) => broker === config.name);
    this.wanted = mine ? [...new Set(mine.map(({ destination }) => destination))] : null;
  }

  async sweep(request: SweepRequest): Promise<SourceReading> {
    const { last } = this;
    if (last && endpointOf(this.config) === null && request.at >= last.at && request.at - last.at < freshMs) {
      const broker = { ...last.reading.broker, sweep: { seconds: 0, requests: 0, bytes: 0 } };
      return { ...last.reading, broker };
    }
    const reading = await this.read(request);
    this.last = { at: request.at, reading };
    this.tellCost(reading.broker.sweep.requests);
    return reading;
  }

  async close(): Promise<void> {
    this.clients?.sqs.destroy();
    this.clients?.cloudWatch.client.destroy();
    this.clients = null;
    return Promise.resolve();
  }

  private async read({ at, signal, callTimeoutMs }: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    const { sqs, cloudWatch, traffic } = (this.clients ??= await connect(this.config));
    const before = { ...traffic };
    const ask = new Asking(sqs, callTimeoutMs, signal);
    const reads = await readQueues(ask, this.wanted, this.addresses, this.firstInTurn).catch(async (error: unknown) => {
      const endpoint = endpointOf(this.config);
      throw endpoint === null ? sqsError(error) : await orHttpSpeaksTls(sqsError(error), endpoint);
    });
    this.firstInTurn = reads.find(({ attributes }) => attributes === notReached)?.name ?? null;
    const deepest = reads.toSorted((one, other) => depthOf(other) - depthOf(one)).map(({ name }) => name);
    await limited(callTimeoutMs / 2, signal, (limit) => cloudWatch.refresh(deepest, at, limit));
    const { name, system, url } = this.config;
    const error = deniedError(reads) ?? lateError(reads);
    return {
      broker: {
        ...{ name, system, url, state: error ? 'partial' : 'ok', error, pressure: [], alarms: [] },
        roundTripSeconds: ask.roundTripSeconds,
        notApplicable: [...notApplicable],
        sweep: {
          seconds: (performance.now() - began) / 1000,
          requests: traffic.requests - before.requests,
          bytes: traffic.bytes - before.bytes,
        },
      },
      queues: reads.map((read) => queueRow(name, read, cloudWatch.of(read.name))),
      stages: [],
      steps: [],
    };
  }

  /** Once: AWS takes money for it. */
  private tellCost(requests: number): void {
    if (this.costTold) return;
    this.costTold = true;
    const anHour = Math.round((requests * 3_600_000) / freshMs);
    this.options.log('info', `a sweep is ${requests} calls to AWS: ${anHour} an hour at one each ${freshMs / 1000} s`);
  }
}

async function connect(config: BrokerConfig): Promise<Clients> {
  const options = await clientConfig(config);
  const sqs = new SQSClient(options);
  // It is nice to have: one try.
  const cloudWatch = new CloudWatchClient({ ...options, maxAttempts: 1 });
  const traffic = { requests: 0, bytes: 0 };
  for (const { middlewareStack } of [sqs, cloudWatch]) {
    middlewareStack.use(countInto(traffic));
    middlewareStack.use(limitAnswers());
  }
  return { sqs, cloudWatch: new CloudWatch(cloudWatch), traffic };
}

function deniedError(reads: readonly QueueRead[]): BrokerError | null {
  const denied = reads.filter(({ attributes }) => attributes instanceof Error && isDenied(attributes)).length;
  if (denied === 0) return null;
  return {
    code: 'denied',
    message: `the credentials may not read ${denied} of ${reads.length} queues`,
    next: 'allow sqs:GetQueueAttributes on them, or name only the others in a pipeline',
  };
}

function lateError(reads: readonly QueueRead[]): BrokerError | null {
  const late = reads.filter(({ attributes }) => attributes === notReached).length;
  if (late === 0) return null;
  const message = `there was time for ${reads.length - late} of ${reads.length} queues`;
  return { code: 'timeout', message, next: notReached.next };
}
