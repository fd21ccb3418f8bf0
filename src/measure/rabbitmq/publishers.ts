import * as z from 'zod';
import type { SeenPublisher } from '../../model/publisher';
import { by, type Asking } from './asking';

/** The node works out each exchange by itself: more are not asked for. */
const mostExchanges = 100;

const count = z.number().optional().catch(undefined);
const name = z.string().optional().catch(undefined);

const apiExchange = z.object({
  vhost: z.string(),
  name: z.string(),
  message_stats: z.object({ publish_in: count }).optional().catch(undefined),
});

/** An exchange by itself: channels that are open and publish to it, and queues that got what they published. */
const apiTraffic = z.object({
  type: name,
  incoming: z.array(z.object({ channel_details: z.object({ connection_name: name }).catch({}) })).catch([]),
  outgoing: z.array(z.object({ queue: z.object({ name: z.string() }) })).catch([]),
});

const apiNamed = z.object({
  name: z.string(),
  user_provided_name: name,
  client_properties: z.object({ connection_name: name }).optional().catch(undefined),
});

/**
 * Who publishes to the exchanges that get anything, by the management API (`/api/exchanges/vhost/name`: `incoming` and
 * `outgoing`, which are filled with `management.rates_mode = detailed` only), and the names that programs gave their
 * connections. Empty where that is denied.
 */
export async function readPublishers(ask: Asking, broker: string): Promise<SeenPublisher[]> {
  const exchanges = await ask.mayList('api/exchanges?columns=vhost,name,message_stats.publish_in', by(apiExchange));
  const busy = (exchanges ?? []).filter(({ message_stats: stats }) => (stats?.publish_in ?? 0) > 0);
  if (busy.length === 0) return [];
  const connections = await ask.mayList(
    'api/connections?columns=name,user_provided_name,client_properties.connection_name',
    by(apiNamed),
  );
  const names = new Map(
    (connections ?? []).map((each) => [each.name, each.user_provided_name ?? each.client_properties?.connection_name]),
  );
  const found = await Promise.all(
    busy.slice(0, mostExchanges).map(async ({ vhost, name: exchange }) => {
      const place = [vhost, exchange === '' ? 'amq.default' : exchange].map(encodeURIComponent).join('/');
      const traffic = await ask.may(`api/exchanges/${place}`, apiTraffic);
      const clients = (traffic?.incoming ?? []).map(({ channel_details: { connection_name: own } }) =>
        own === undefined ? null : (names.get(own) ?? null),
      );
      const destinations = [...new Set((traffic?.outgoing ?? []).map(({ queue }) => queue.name))].sort();
      const several = new Set(clients);
      const ambiguous = several.size > 1 && destinations.length > 1 && traffic?.type !== 'fanout';
      return [...several].map((client) => ({
        ...{ broker, system: 'rabbitmq' as const, client, exchange },
        ...{ destinations, ambiguous },
      }));
    }),
  );
  return found.flat();
}
