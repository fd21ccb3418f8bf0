import { describe, inject, it } from 'vitest';
import type { ElasticmqServer } from './elasticmq';
import type { KafkaServer } from './kafka';
import type { NatsServer } from './nats';
import type { PrometheusPrograms } from './prometheus';
import type { RabbitmqServer } from './rabbitmq';
import type { RedisServer } from './redis';
import { everythingRequired, type Need } from './tools';

/** What crosses from the run to its workers: everything of a server but the means to stop it. */
export type Address<T> = Omit<T, 'stop'>;

/** The servers that a run starts once (test/brokers/globalSetup.ts). */
export interface Servers {
  elasticmq: Address<ElasticmqServer>;
  kafka: Address<KafkaServer>;
  moto: { command: string };
  nats: Address<NatsServer>;
  /** The program of a current NATS. */
  natsNow: { command: string };
  prometheus: Address<PrometheusPrograms>;
  rabbitmq: Address<RabbitmqServer>;
  redis: Address<RedisServer>;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One set for each worker. */
    servers: { [K in keyof Servers]: Need<Servers[K]> }[];
  }
}

/**
 * The server of that name, or why this run has none.
 * @throws {Error} with the reason when everything is required
 */
export function need<K extends keyof Servers>(name: K): Need<Servers[K]> {
  const sets = inject('servers');
  // Vitest numbers its workers from 1.
  const own = sets[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % sets.length];
  if (!own) throw new Error('this run has no servers');
  const found: Need<Servers[K]> = own[name];
  if (!found.ok && everythingRequired) throw new Error(`${name} is required but cannot be had: ${found.reason}`);
  return found;
}

/** A suite that needs servers; without one of them it is skipped, and its title says why. */
export function describeWith<K extends keyof Servers>(
  names: readonly K[],
  title: string,
  suite: (servers: Pick<Servers, K>) => void,
): void {
  const servers: Partial<Servers> = {};
  for (const name of names) {
    const found = need(name);
    if (!found.ok) {
      describe.skip(`${title} (skipped, no ${name}: ${found.reason})`, () => it(`needs ${name}`));
      return;
    }
    servers[name] = found.value;
  }
  describe(title, () => suite(servers as Pick<Servers, K>));
}
