import type { QueueName } from '../../model/identity';
import { inSlices } from '../slices';
import {
  apiConsumer,
  apiConsumerPlace,
  apiQueue,
  queueColumns,
  type ApiConsumer,
  type ApiOverview,
  type ApiQueue,
} from './api';
import { by, type Asking } from './asking';
import { depthOf, type ApiDepth } from './depths';
import type { DetailedMetrics } from './detailed';

/** Above this many the list of consumers, only nice to have, costs the node more than it is worth. */
const mostConsumers = 5000;
/** Above this many queues a whole list costs the node seconds: of each only how much it holds is read. */
export const mostWhole = 1000;
/** The plugin answers at once or is not there. */
const pluginTimeoutMs = 2000;

/** What may be read beside the management API, and what of it is needed. */
export interface Scope {
  plugin: DetailedMetrics | null;
  /** Queues to be read whole however many others there are; null: none is named. */
  wanted: readonly QueueName[] | null;
  /** Virtual host of those that name none. */
  virtualHost: string;
  /** There were many queues when they were read last: the plugin need not wait until the overview says so again. */
  many: boolean;
}

/** Queues as far as they were read. */
export interface Listed {
  queues: readonly ApiQueue[];
  /** Of the queues read whole. */
  consumers: readonly ApiConsumer[] | null;
  /** Queues of which only this was read, and why. */
  depths: { queues: readonly ApiDepth[]; why: string } | null;
  /** Every queue was asked for. */
  all: boolean;
}

/**
 * @param early the plugin's page where it was asked for already
 * @throws {SourceError} when the queues cannot be read
 */
export async function readQueues(
  ask: Asking,
  { plugin, wanted, virtualHost }: Scope,
  overview: ApiOverview,
  early: ReturnType<typeof readPage> | null,
): Promise<Listed> {
  const { queues: total = 0, consumers: consumerTotal = 0 } = overview.object_totals ?? {};
  const fewConsumers = consumerTotal <= mostConsumers;
  const whole = async (queues: Promise<ApiQueue[]>, all: boolean): Promise<Listed> => {
    const consumers = fewConsumers ? ask.mayList('api/consumers', by(apiConsumer)) : Promise.resolve(null);
    const [listed, consuming] = await Promise.all([queues, consumers]);
    return { queues: listed, consumers: consuming, depths: null, all };
  };
  if (total <= mostWhole) return whole(ask.mustList(`api/queues?columns=${queueColumns}`, by(apiQueue)), true);
  if (wanted) return whole(readEach(ask, wanted, virtualHost), false);
  const why = `not asked for, since there are ${total} queues: a pipeline file names those to read whole`;
  const queues =
    (await (early ?? readPage(ask, plugin))) ??
    (fewConsumers ? await readTotals(ask) : null) ??
    (await ask.mustList(`api/queues?columns=${depthColumns},consumers`, depthOf));
  return { queues: [], consumers: null, depths: { queues, why }, all: true };
}

async function readEach(ask: Asking, wanted: readonly QueueName[], virtualHost: string): Promise<ApiQueue[]> {
  const places = wanted.map(({ namespace, destination }) =>
    [namespace ?? virtualHost, destination].map(encodeURIComponent).join('/'),
  );
  const queues = await Promise.all([...new Set(places)].map((place) => ask.may(`api/queues/${place}`, apiQueue)));
  return queues.filter((queue) => queue !== null);
}

/** What the plugin tells of every queue; null where it does not answer so. */
export async function readPage(ask: Asking, plugin: DetailedMetrics | null): Promise<ApiDepth[] | null> {
  const page = await plugin?.read(ask.request, Math.min(pluginTimeoutMs, ask.request.callTimeoutMs));
  if (!page) return null;
  ask.requests += page.requests;
  ask.bytes += page.bytes;
  return page.queues;
}

const depthColumns = 'vhost,name,messages_ready,messages_unacknowledged';

/**
 * Lengths as the queues themselves tell them, which takes the node a third of the time that its statistics take it (tried
 * with 3.10, 10,000 queues). Who consumes is not in them: that is counted from the list of consumers. Null where this
 * version knows no such totals, or the consumers are denied.
 */
async function readTotals(ask: Asking): Promise<ApiDepth[] | null> {
  const [queues, places] = await Promise.all([
    ask.mustList(`api/queues?disable_stats=true&enable_queue_totals=true&columns=${depthColumns}`, depthOf),
    ask.mayList('api/consumers?columns=queue.vhost,queue.name', by(apiConsumerPlace)),
  ]);
  if (!places || queues.every(({ messages_ready }) => messages_ready === undefined)) return null;
  const place = (vhost: string, name: string) => `${vhost}\0${name}`;
  const counts = new Map<string, number>();
  for (const { queue } of places) {
    const key = place(queue.vhost, queue.name);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return inSlices(queues, (queue) => {
    // A queue that tells no length is away with its node, and its consumers are not listed either.
    const isAway = queue.messages_ready === undefined;
    return { ...queue, consumers: isAway ? undefined : (counts.get(place(queue.vhost, queue.name)) ?? 0) };
  });
}
