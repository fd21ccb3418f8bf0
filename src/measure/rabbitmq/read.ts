import { z } from 'zod';
import type { SweepRequest } from '../source';
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
} from './api';
import { answerError, callError } from './errors';
import type { Management } from './management';
import type { ManagementReading } from './rows';

/** Above this many objects a list that is only nice to have costs the node more than it is worth. */
const longestExtraList = 5000;

/** What one sweep read, with what the broker as a whole says. */
export interface BrokerRead extends ManagementReading {
  alarms: ApiAlarms | null;
  connections: readonly ApiConnection[] | null;
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
    private readonly request: SweepRequest,
  ) {}

  /** @throws {SourceError} when there is no answer, or not the wanted one */
  async must<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const { base, username } = this.management.address;
    const { status, text } = await this.call(path).catch((error: unknown) => {
      throw callError(error, base);
    });
    const parsed = status === 200 ? schema.safeParse(json(text)) : null;
    if (!parsed?.success) throw answerError({ status }, base, username);
    return parsed.data;
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
    const deadline = AbortSignal.timeout(this.request.callTimeoutMs);
    const answer = await this.management.get(path, AbortSignal.any([this.request.signal, deadline]));
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

/** @throws {SourceError} when the overview or the queues cannot be read */
export async function readBroker(ask: Asking): Promise<BrokerRead> {
  const asked = performance.now();
  const overview = await ask.must('api/overview', apiOverview);
  const roundTripSeconds = (performance.now() - asked) / 1000;
  const { queues: queueTotal = 0, consumers: consumerTotal = 0 } = overview.object_totals ?? {};
  const extra = <T>(total: number, path: string, schema: z.ZodType<T>) =>
    total > longestExtraList ? Promise.resolve(null) : ask.may(path, z.array(schema));
  const [queues, consumers, bindings, connections, alarms] = await Promise.all([
    ask.must(`api/queues?columns=${queueColumns}`, z.array(apiQueue)),
    extra(consumerTotal, 'api/consumers', apiConsumer),
    extra(queueTotal, 'api/bindings', apiBinding),
    ask.may('api/connections?columns=name,state', z.array(apiConnection)),
    ask.may('api/health/checks/alarms', apiAlarms, [200, 503]),
  ]);
  const hidden =
    queues.length < queueTotal ? await hiddenVirtualHosts(ask, new Set(queues.map(({ vhost }) => vhost))) : [];
  return { overview, queues, consumers, bindings, connections, alarms, hidden, roundTripSeconds };
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
