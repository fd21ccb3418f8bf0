import { GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import pMap from 'p-map';
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
  constructor(
    private readonly client: SQSClient,
    private readonly callTimeoutMs: number,
    private readonly signal: AbortSignal,
  ) {}

  /** Addresses of all queues the credentials may see. @throws what the SDK throws */
  async list(): Promise<string[]> {
    const urls: string[] = [];
    let next: string | undefined;
    do {
      const page = new ListQueuesCommand({ MaxResults: pageSize, NextToken: next });
      const answer = await this.within((limit) => this.client.send(page, limit));
      urls.push(...(answer.QueueUrls ?? []));
      next = answer.NextToken;
    } while (next);
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
 * @param addresses of queues by name, kept from sweep to sweep by the caller
 * @throws what the SDK throws when nothing could be read
 */
export async function readQueues(
  ask: Asking,
  wanted: readonly string[] | null,
  addresses: Map<string, string>,
): Promise<QueueRead[]> {
  const listed = wanted ?? (await ask.list()).map((url) => named(url, addresses));
  const reads = await pMap(listed, (name) => readQueue(ask, name, addresses), { concurrency: callsAtOnce });
  const failures = reads.flatMap(({ attributes }) => (attributes instanceof Error ? [attributes] : []));
  const [first] = failures;
  if (first && failures.length === reads.length && !failures.some((error) => isDenied(error) || isNoQueue(error))) {
    throw first;
  }
  return wanted ? reads : reads.filter(({ attributes }) => !isNoQueue(attributes));
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
