import * as z from 'zod';
import type { QueueName } from '../../model/identity';
import { inSlices } from '../slices';
import type { SweepRequest } from '../source';
import { limited } from '../within';
import {
  apiAlarms,
  apiBinding,
  apiConnection,
  apiConsumer,
  apiOverview,
  apiQueue,
  queueColumns,
  type ApiAlarms,
  type ApiConnection,
  type ApiOverview,
  type ApiQueue,
} from './api';
import { apiDepth, depthColumns, type ApiDepth } from './depths';
import type { DetailedMetrics } from './detailed';
import { answerError, callError } from './errors';
import type { Management } from './management';
import type { ManagementReading } from './rows';

/** Above this many the list of consumers, only nice to have, costs the node more than it is worth. */
const mostConsumers = 5000;

/** Above this many queues a whole list costs the node seconds: of each only how much it holds is read. */
const mostWhole = 1000;
/** The plugin answers at once or is not there. */
const pluginTimeoutMs = 2000;

/** What one sweep read, with what the broker as a whole says. */
export interface BrokerRead extends ManagementReading {
  alarms: ApiAlarms | null;
  connections: readonly ApiConnection[] | null;
  /** Queues of which only this was read, and why. */
  depths: { queues: readonly ApiDepth[]; why: string } | null;
  /** Virtual hosts whose queues the user may not see. */
  hidden: readonly string[];
  roundTripSeconds: number;
}

/** Asks one management API for JSON, with a deadline for every call, and counts what it costs. */
export class Asking {
  requests = 0;
  bytes = 0;

  constructor(
    private readonly management: Management,
    readonly request: SweepRequest,
  ) {}

  /** @throws {SourceError} when there is no answer, or not the wanted one */
  async must<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const { base, username } = this.management.address;
    const { status, text } = await this.call(path).catch(async (error: unknown) => {
      throw await callError(error, base);
    });
    const parsed = status === 200 ? schema.safeParse(json(text)) : null;
    if (!parsed?.success) throw answerError({ status }, base, username);
    return parsed.data;
  }

  /** The same for a list that may be long. @throws {SourceError} */
  async mustList<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
    const items = await this.must(path, z.custom<unknown[]>(Array.isArray));
    const parsed = await inSlices(items, (item) => schema.safeParse(item).data);
    return parsed.filter((item) => item !== undefined);
  }

  /** Null where it is denied, unknown to this version, late or not understood: the sweep goes on without it. */
  async may<T>(path: string, schema: z.ZodType<T>, statuses: readonly number[] = [200]): Promise<T | null> {
    const answer = await this.call(path).catch(() => null);
    return answer && statuses.includes(answer.status) ? (schema.safeParse(json(answer.text)).data ?? null) : null;
  }

  async status(path: string): Promise<number | null> {
    return (await this.call(path).catch(() => null))?.status ?? null;
  }

  private async call(path: string) {
    this.requests += 1;
    const { callTimeoutMs, signal } = this.request;
    const answer = await limited(callTimeoutMs, signal, (limit) => this.management.get(path, limit));
    this.bytes += answer.bytes;
    return answer;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What may be read beside the management API, and what of it is needed. */
export interface Scope {
  plugin: DetailedMetrics | null;
  /** Queues to be read whole however many others there are; null: none is named. */
  wanted: readonly QueueName[] | null;
  /** Virtual host of those that name none. */
  virtualHost: string;
}

/** @throws {SourceError} when the overview or the queues cannot be read */
export async function readBroker(ask: Asking, scope: Scope): Promise<BrokerRead> {
  const asked = performance.now();
  const overview = await ask.must('api/overview', apiOverview);
  const roundTripSeconds = (performance.now() - asked) / 1000;
  const { queues: queueTotal = 0, consumers: consumerTotal = 0 } = overview.object_totals ?? {};
  const extra = <T>(few: boolean, path: string, schema: z.ZodType<T>) =>
    few ? ask.may(path, z.array(schema)) : Promise.resolve(null);
  const [listed, consumers, bindings, connections, alarms] = await Promise.all([
    readQueues(ask, scope, overview),
    extra(consumerTotal <= mostConsumers, 'api/consumers', apiConsumer),
    extra(queueTotal <= mostWhole, 'api/bindings', apiBinding),
    ask.may('api/connections?columns=name,state', z.array(apiConnection)),
    ask.may('api/health/checks/alarms', apiAlarms, [200, 503]),
  ]);
  const seen = [...listed.queues, ...(listed.depths?.queues ?? [])];
  const hidden =
    listed.all && seen.length < queueTotal
      ? await hiddenVirtualHosts(ask, new Set(seen.map(({ vhost }) => vhost)))
      : [];
  return { overview, ...listed, consumers, bindings, connections, alarms, hidden, roundTripSeconds };
}

interface Listed {
  queues: ApiQueue[];
  depths: BrokerRead['depths'];
  /** Every queue was asked for. */
  all: boolean;
}

async function readQueues(ask: Asking, { plugin, wanted, virtualHost }: Scope, overview: ApiOverview): Promise<Listed> {
  const total = overview.object_totals?.queues ?? 0;
  if (total <= mostWhole) {
    return { queues: await ask.mustList(`api/queues?columns=${queueColumns}`, apiQueue), depths: null, all: true };
  }
  if (wanted) {
    const places = wanted.map(({ namespace, destination }) =>
      [namespace ?? virtualHost, destination].map(encodeURIComponent).join('/'),
    );
    const queues = await Promise.all([...new Set(places)].map((place) => ask.may(`api/queues/${place}`, apiQueue)));
    return { queues: queues.filter((queue) => queue !== null), depths: null, all: false };
  }
  const why = `not asked for, since there are ${total} queues: a pipeline file names those to read whole`;
  const detailed = await plugin?.read(ask.request, Math.min(pluginTimeoutMs, ask.request.callTimeoutMs));
  if (detailed) {
    ask.requests += 1;
    ask.bytes += detailed.bytes;
    return { queues: [], depths: { queues: detailed.queues, why }, all: true };
  }
  const queues = await ask.mustList(`api/queues?columns=${depthColumns}`, apiDepth);
  return { queues: [], depths: { queues, why }, all: true };
}

/**
 * A user without a permission row in a virtual host gets a list without its queues, and 200; only the list of that host
 * alone is refused.
 */
async function hiddenVirtualHosts(ask: Asking, seen: ReadonlySet<string>): Promise<string[]> {
  const all = (await ask.may('api/vhosts?columns=name', z.array(z.object({ name: z.string() })))) ?? [];
  const unseen = all.map(({ name }) => name).filter((name) => !seen.has(name));
  const statuses = await Promise.all(
    unseen.map((name) => ask.status(`api/queues/${encodeURIComponent(name)}?columns=name`)),
  );
  return unseen.filter((_, i) => statuses[i] === 401 || statuses[i] === 403);
}
