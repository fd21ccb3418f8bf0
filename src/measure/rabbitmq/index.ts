import { shell } from '../../model/escape';
import type { BrokerConfig } from '../../model/brokerUrl';
import type { QueueName } from '../../model/identity';
import type { BrokerError } from '../../model/sweep';
import { tlsOptions } from '../tls';
import {
  SourceError,
  type OpenSource,
  type Source,
  type SourceOptions,
  type SourceReading,
  type SweepRequest,
} from '../source';
import { Management, managementAddress } from './management';
import { pressureOf } from './pressure';
import { Asking, readBroker } from './read';
import { notApplicable, queueRows, wantedRows } from './rows';

/** Queues of one RabbitMQ by GET requests to its management API. Connects on the first sweep. */
export const open: OpenSource = (config, options) => new RabbitmqSource(config, options);

class RabbitmqSource implements Source {
  private management: Management | null = null;
  private readonly wanted: readonly QueueName[] | null;

  constructor(
    readonly config: BrokerConfig,
    { wanted }: SourceOptions,
  ) {
    this.wanted = wanted?.filter(({ broker }) => broker === config.name) ?? null;
  }

  async sweep(request: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    const management = (this.management ??= await connect(this.config));
    const ask = new Asking(management, request);
    const read = await readBroker(ask);
    const { name, system, url } = this.config;
    const rows = queueRows(name, read, request.at);
    const error = hiddenError(read.hidden, management.address.username);
    return {
      broker: {
        ...{ name, system, url, state: error ? 'partial' : 'ok', error },
        ...pressureOf(read.alarms, read.connections, read.queues),
        roundTripSeconds: read.roundTripSeconds,
        notApplicable: [...notApplicable],
        sweep: { seconds: (performance.now() - began) / 1000, requests: ask.requests, bytes: ask.bytes },
      },
      queues: this.wanted ? [...rows, ...wantedRows(name, this.config.path || '/', this.wanted, rows)] : rows,
      stages: [],
      steps: [],
    };
  }

  async close(): Promise<void> {
    this.management?.close();
    this.management = null;
    return Promise.resolve();
  }
}

async function connect(config: BrokerConfig): Promise<Management> {
  try {
    return new Management(managementAddress(config), config.tls ? await tlsOptions(config.tls) : {});
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const next = 'write it as http://host:15672';
    throw new SourceError('unknown', 'the management address is no URL', next, { cause: error });
  }
}

function hiddenError(hidden: readonly string[], username: string): BrokerError | null {
  const [first] = hidden;
  if (first === undefined) return null;
  return {
    code: 'denied',
    message: `user ${username} may not see the queues of ${hidden.map((name) => `"${name}"`).join(', ')}`,
    next: `give a permission that allows nothing else: rabbitmqctl set_permissions -p ${shell(first)} ${shell(username)} '' '' ''`,
  };
}
