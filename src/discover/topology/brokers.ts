import { parseBrokerUrl, type BrokerConfig } from '../../model/brokerUrl';
import type { System } from '../../model/sweep';
import type { Candidate } from '../brokers/candidate';
import type { DerivedTopology } from './derive';
import type { DerivedBroker } from './write';

/** Addresses that the systems have when nobody says otherwise. */
const usual: Partial<Record<System, string>> = {
  kafka: 'kafka://127.0.0.1:9092',
  rabbitmq: 'amqp://127.0.0.1:5672',
  redis: 'redis://127.0.0.1:6379',
  nats: 'nats://127.0.0.1:4222',
  aws_sqs: 'sqs://eu-west-1',
};

/** A broker that is known already, and who named it. */
export interface KnownBroker {
  config: BrokerConfig;
  origin: string;
}

/** A broker as a pipeline file names it: who logs in stays, the password does not. */
export function brokerAs(
  name: string,
  { system, url, username, management, monitoring }: BrokerConfig,
  origin: string,
): DerivedBroker {
  const user = username === null ? '' : `${encodeURIComponent(username)}@`;
  const bare = (address: string) => address.replace(/\/\/[^@/]*@/, '//');
  return {
    ...{ name, system, url: url.replace('://', `://${user}`), origin },
    ...(management !== null && { management: bare(management) }),
    ...(monitoring !== null && { monitoring: bare(monitoring) }),
  };
}

/**
 * One broker for each system that a topology speaks to: as it is known, as a file names it, or at the usual address.
 * Passwords stay where they are.
 * @param candidates what files name, and the path of each
 */
export function brokersOf(
  { stages }: DerivedTopology,
  known: readonly KnownBroker[],
  candidates: readonly (Candidate & { path: string })[],
): DerivedBroker[] {
  const queues = stages.flatMap(({ consumes, produces }) => [...consumes, ...produces]);
  return [...new Set(queues.map(({ system }) => system))].sort().map((system) => {
    const given = known.find(({ config }) => config.system === system);
    if (given) return brokerAs(given.config.name, given.config, given.origin);
    for (const { url, path, line } of candidates) {
      const config = parseBrokerUrl(url);
      if (config.system !== system) continue;
      const password = config.password === null ? '' : '; its password is left out';
      return brokerAs(system, config, `${path}:${line}${password}`);
    }
    const url = usual[system] ?? `${system}://`;
    return { name: system, system, url, origin: 'no address was found: this is the usual one' };
  });
}
