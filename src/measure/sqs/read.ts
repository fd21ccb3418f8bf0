import { GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { setMaxListeners } from 'node:events';
import pMap from 'p-map';
import { turn } from '../slices';
import { refuseEndless } from '../inflow';
import { SourceError } from '../source';
import { limited, within } from '../within';
import { callsAtOnce } from './client';
import { isDenied, isNoQueue } from './errors';

/** As GetQueueAttributes gives them: all text. */
export type Attributes = Readonly<Record<string, string>>;

/** One queue: its attributes, or why they could not be read. */
export interface QueueRead {
  name: string;
  attributes: Attributes | Error;
}

/** The most that ListQueues gives at once. */
const pageSize = 1000;

/** Calls of one sweep; each has a deadline of its own, the search for credentials included. */
export class Asking {
  /** Of the first call; null before it was answered. */
  roundTripSeconds: number | null = null;
  private listed = performance.now();

  constructor(
    private readonly client: SQSClient,
    private readonly callTimeoutMs: number,
    private readonly signal: AbortSignal,
  ) {
    // Each call under way listens to it. That is no leak, as Node would warn from the eleventh on.
    setMaxListeners(2 * callsAtOnce, signal);
  }

  /** No further queue is asked for: what a sweep may take is two calls long, and CloudWatch comes last. */
  isLate(): boolean {
    return performance.now() - this.listed > this.callTimeoutMs;
  }

  /** Addresses of all queues the credentials may see. @throws what the SDK throws */
  async list(): Promise<string[]> {
    const urls: string[] = [];
    let next: string | undefined;
    do {
      const page = new ListQueuesCommand({ MaxResults: pageSize, NextToken: next });
      const answer = await this.within((limit) => this.client.send(page, limit));
      for (const url of answer.QueueUrls ?? []) urls.push(url);
      refuseEndless(urls);
      next = answer.NextToken;
    } while (next);
    this.listed = performance.now();
    return urls;
  }

  /** The address of one queue. @throws what the SDK throws */
  async url(name: string): Promise<string> {
    const asked = new GetQueueUrlCommand({ QueueName: name });
    return (await this.within((limit) => this.client.send(asked, limit))).QueueUrl ?? '';
  }

  /** All attributes of one queue. @throws what the SDK throws */
  async attributes(url: string): Promise<Attributes> {
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
    return (await this.within((limit) => this.client.send(asked, limit))).Attributes ?? {};
  }

  private async within<T>(call: (limit: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    const asked = performance.now();
    const answer = await this.limited(call);
    this.roundTripSeconds ??= (performance.now() - asked) / 1000;
    return answer;
  }

  private limited<T>(call: (limit: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    return limited(this.callTimeoutMs, this.signal, async (abortSignal) => {
      try {
        // The search for credentials hears of no signal.
        return await within(call({ abortSignal }), 2 * this.callTimeoutMs, abortSignal, 'no answer');
      } catch (error) {
        // The SDK words every end alike: "Request aborted".
        throw abortSignal.aborted ? abortSignal.reason : error;
      }
    });
  }
}

/**
 * Queues with their attributes, a few calls at a time. A queue that is refused costs its own row; one that has gone
 * since it was listed has none.
 * @param wanted names; null: all queues
 * @param firstInTurn the queue that is asked for first, as the one for which there was no time in the sweep before
 * @param addresses of queues by name, kept from sweep to sweep by the caller
 * @throws what the SDK throws when nothing could be read
 */
export async function readQueues(
  ask: Asking,
  wanted: readonly string[] | null,
  addresses: Map<string, string>,
  firstInTurn: string | null,
): Promise<QueueRead[]> {
  const listed = wanted ?? (await ask.list()).map((url) => named(url, addresses));
  const first = Math.max(0, listed.indexOf(firstInTurn ?? ''));
  const inTurn = [...listed.slice(first), ...listed.slice(0, first)];
  const reads = await pMap(inTurn, (name) => readInTime(ask, name, addresses), { concurrency: callsAtOnce });
  const failures = reads.flatMap(({ attributes }) => (attributes instanceof Error ? [attributes] : []));
  const [failure] = failures;
  if (failure && failures.length === reads.length && !failures.some((error) => isDenied(error) || isNoQueue(error))) {
    throw failure;
  }
  return wanted ? reads : reads.filter(({ attributes }) => !isNoQueue(attributes));
}

/** Stands for a queue that there was no time for. */
export const notReached = new SourceError(
  'timeout',
  'there was no time for it in this sweep: it comes first in the next one',
  'name only some queues in a pipeline, or allow more time per call',
);

async function readInTime(ask: Asking, name: string, addresses: Map<string, string>): Promise<QueueRead> {
  // The client works long on an answer: asked for all at once, they would be worked on in one go.
  await turn();
  return ask.isLate() ? { name, attributes: notReached } : readQueue(ask, name, addresses);
}

async function readQueue(ask: Asking, name: string, addresses: Map<string, string>): Promise<QueueRead> {
  try {
    const url = addresses.get(name) ?? (await ask.url(name));
    addresses.set(name, url);
    return { name, attributes: await ask.attributes(url) };
  } catch (error) {
    if (isNoQueue(error)) addresses.delete(name);
    return { name, attributes: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The name is the last part of the address. */
function named(url: string, addresses: Map<string, string>): string {
  const name = url.slice(url.lastIndexOf('/') + 1);
  addresses.set(name, url);
  return name;
}
