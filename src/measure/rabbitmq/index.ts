import { shell } from '../../model/escape';
import type { BrokerConfig } from '../../model/brokerUrl';
import type { QueueName } from '../../model/identity';
import type { SeenPublisher } from '../../model/publisher';
import type { BrokerError } from '../../model/sweep';
import { inSlices } from '../slices';
import { tlsOptions } from '../tls';
import {
  SourceError,
  type OpenSource,
  type Source,
  type SourceOptions,
  type SourceReading,
  type SweepRequest,
} from '../source';
import { depthRows, passiveRow } from './depths';
import { DetailedMetrics } from './detailed';
import { Management, managementAddress } from './management';
import { checkPassively } from './passive';
import { pressureOf } from './pressure';
import { readPublishers } from './publishers';
import { Asking } from './asking';
import { readBroker } from './read';
import { notApplicable, queueRows, wantedRows } from './rows';

/** Queues of one RabbitMQ by GET requests to its management API, or those that are wanted by AMQP where it has none. */
export const open: OpenSource = (config, options) => new RabbitmqSource(config, options);

class RabbitmqSource implements Source {
  private management: Management | null = null;
  private plugin: DetailedMetrics | null = null;
  /** So many queues that of each only how much it holds was read last. */
  private many = false;
  private readonly wanted: readonly QueueName[] | null;

  constructor(
    readonly config: BrokerConfig,
    private readonly options: SourceOptions,
  ) {
    this.wanted = options.wanted?.filter(({ broker }) => broker === config.name) ?? null;
  }

  async sweep(request: SweepRequest): Promise<SourceReading> {
    try {
      return await this.sweepManagement(request);
    } catch (error) {
      request.signal.throwIfAborted();
      if (!this.wanted?.length || !(error instanceof SourceError)) throw error;
      return this.sweepPassively(this.wanted, request, error);
    }
  }

  async publishers(request: SweepRequest): Promise<SeenPublisher[]> {
    const management = (this.management ??= await connect(this.config));
    return readPublishers(new Asking(management, request), this.config.name);
  }

  private async sweepManagement(request: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    const management = (this.management ??= await connect(this.config));
    const plugin = (this.plugin ??= new DetailedMetrics(this.config));
    const ask = new Asking(management, request);
    const virtualHost = this.config.path || '/';
    const read = await readBroker(ask, { plugin, wanted: this.wanted, virtualHost, many: this.many });
    this.many = read.depths !== null;
    const { name, system, url } = this.config;
    const depths = await inSlices(read.depths?.queues ?? [], depthRows(name, read.depths?.why ?? ''));
    const rows = [...queueRows(name, read, request.at), ...depths];
    const error = hiddenError(read.hidden, management.address.username);
    return {
      broker: {
        ...{ name, system, url, state: error ? 'partial' : 'ok', error },
        ...pressureOf(read.alarms, read.connections, read.queues),
        roundTripSeconds: read.roundTripSeconds,
        notApplicable: [...notApplicable],
        sweep: { seconds: (performance.now() - began) / 1000, requests: ask.requests, bytes: ask.bytes },
      },
      queues: this.wanted ? [...rows, ...wantedRows(name, virtualHost, this.wanted, rows)] : rows,
      stages: [],
      steps: [],
    };
  }

  /** @param refused why the management API could not be read, which stays the error unless AMQP answers */
  private async sweepPassively(
    wanted: readonly QueueName[],
    request: SweepRequest,
    refused: SourceError,
  ): Promise<SourceReading> {
    const began = performance.now();
    const { checks, bytes } = await checkPassively(this.config, wanted, request).catch((error: unknown) => {
      this.options.log(
        'info',
        `AMQP does not answer either: ${error instanceof Error ? error.message : String(error)}`,
      );
      throw refused;
    });
    const { name, system, url } = this.config;
    const rows = checks.flatMap(({ found }) =>
      found ? [passiveRow(name, found, 'only the management API tells')] : [],
    );
    const told = 'AMQP tells of the named queues only what waits and who consumes';
    return {
      broker: {
        ...{ name, system, url, state: 'partial', pressure: [], alarms: [], roundTripSeconds: null },
        error: { code: refused.code, message: `${refused.message}; ${told}`, next: refused.next },
        notApplicable: [...notApplicable],
        sweep: { seconds: (performance.now() - began) / 1000, requests: checks.length, bytes },
      },
      queues: [...rows, ...wantedRows(name, this.config.path || '/', wanted, rows)],
      stages: [],
      steps: [],
    };
  }

  async close(): Promise<void> {
    this.management?.close();
    this.plugin?.close();
    this.management = null;
    this.plugin = null;
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
