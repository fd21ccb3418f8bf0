import * as z from 'zod';
import { apiAlarms, apiBinding, apiConnection, apiOverview, type ApiAlarms, type ApiConnection } from './api';
import { by, type Asking } from './asking';
import { mostWhole, readPage, readQueues, type Listed, type Scope } from './list';
import type { ManagementReading } from './rows';

/** What one sweep read, with what the broker as a whole says. */
export interface BrokerRead extends ManagementReading {
  alarms: ApiAlarms | null;
  connections: readonly ApiConnection[] | null;
  depths: Listed['depths'];
  /** Virtual hosts whose queues the user may not see. */
  hidden: readonly string[];
  roundTripSeconds: number;
}

/** @throws {SourceError} when the overview or the queues cannot be read */
export async function readBroker(ask: Asking, scope: Scope): Promise<BrokerRead> {
  const early = scope.many ? readPage(ask, scope.plugin) : null;
  // It fails when the sweep is given up, of which the overview tells too.
  early?.catch(() => undefined);
  const asked = performance.now();
  const overview = await ask.must('api/overview', apiOverview);
  const roundTripSeconds = (performance.now() - asked) / 1000;
  const total = overview.object_totals?.queues ?? 0;
  const [listed, bindings, connections, alarms] = await Promise.all([
    readQueues(ask, scope, overview, early),
    total <= mostWhole ? ask.mayList('api/bindings', by(apiBinding)) : Promise.resolve(null),
    ask.mayList('api/connections?columns=name,state', by(apiConnection)),
    ask.may('api/health/checks/alarms', apiAlarms, [200, 503]),
  ]);
  const seen = [...listed.queues, ...(listed.depths?.queues ?? [])];
  const hidden =
    listed.all && seen.length < total ? await hiddenVirtualHosts(ask, new Set(seen.map(({ vhost }) => vhost))) : [];
  return { overview, ...listed, bindings, connections, alarms, hidden, roundTripSeconds };
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
