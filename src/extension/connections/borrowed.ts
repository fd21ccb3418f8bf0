import type { BrokerConfig } from '../../model/brokerUrl';
import type { Connection } from './connections';

/**
 * A broker of a pipeline file, which carries no password, with the one that the user gave for a saved connection to the
 * same hosts with the same user.
 */
export function withPasswordOf(saved: readonly Connection[], config: BrokerConfig): BrokerConfig {
  if (config.password !== null || config.sasl) return config;
  const place = ({ system, hosts, username }: BrokerConfig) => JSON.stringify([system, hosts, username]);
  const same = saved.find((each) => 'config' in each && place(each.config) === place(config));
  return same && 'config' in same ? { ...config, password: same.config.password } : config;
}
