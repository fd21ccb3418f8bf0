import { plural } from '../../model/format';
import type { BrokerReading } from '../../model/sweep';
import type { ApiAlarms, ApiConnection, ApiQueue } from './api';

/**
 * Direct evidence that the broker holds its publishers back: alarms at once, the state of connections with the next
 * statistics. Null where a list could not be read.
 */
export function pressureOf(
  alarms: ApiAlarms | null,
  connections: readonly ApiConnection[] | null,
  queues: readonly ApiQueue[],
): Pick<BrokerReading, 'pressure' | 'alarms'> {
  const connectionsIn = (state: string) => connections?.filter((connection) => connection.state === state).length ?? 0;
  const [blocked, blocking, flow] = ['blocked', 'blocking', 'flow'].map(connectionsIn) as [number, number, number];
  const queuesInFlow = queues.filter(({ state }) => state === 'flow').length;
  const raised = (alarms?.alarms ?? []).map(({ node = 'a node', resource = 'resource' }) => ({ node, resource }));
  // The health check calls them `memory` and `disk space`.
  const has = (resource: string) => raised.some((alarm) => alarm.resource.startsWith(resource));
  return {
    pressure: [
      ...raised.map(({ node, resource }) => `${resource} alarm on ${node}`),
      ...(blocked > 0 ? [`${plural(blocked, 'connection')} blocked`] : []),
      // These have not published since the alarm; they will be blocked when they do.
      ...(blocking > 0 ? [`${plural(blocking, 'connection')} blocking`] : []),
      ...(flow > 0 ? [`${plural(flow, 'connection')} in flow`] : []),
      ...(queuesInFlow > 0 ? [`${plural(queuesInFlow, 'queue')} in flow`] : []),
    ],
    alarms: [
      ...(has('memory') ? (['memory'] as const) : []),
      ...(has('disk') ? (['disk'] as const) : []),
      ...(blocked > 0 ? (['blocked-publishers'] as const) : []),
      ...(flow + queuesInFlow > 0 ? (['flow'] as const) : []),
    ],
  };
}
