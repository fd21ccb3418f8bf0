import type { BrokerConfig } from '../../model/brokerUrl';
import type { BrokerError } from '../../model/sweep';
import { inSlices } from '../slices';
import type { OpenSource, Source, SourceOptions, SourceReading, SweepRequest } from '../source';
import { Calls } from './calls';
import { CleanupPolicies } from './cleanup';
import { ofCompacted } from './compacted';
import { Cluster } from './cluster';
import { RowCounters } from './counters';
import { explain, sourceErrorOf } from './errors';
import { KnownGroups } from './knownGroups';
import { LogEnds } from './logEnds';
import { kafkajsLogger } from './logger';
import { NameFilter } from './nameFilter';
import type { AwayNode } from './brokers';
import { NoEntranceError, readCluster } from './read';
import type { ReadOptions } from './readOptions';
import { Rebalances } from './rebalances';
import { notApplicable, rowsOf } from './rows';
import type { Past } from './groupRow';
import { tlsOptions } from '../tls';

/** Opens a Kafka cluster for reading: kafkajs connects and authenticates, the requests are our own and only read. */
export const open: OpenSource = (config, options) => new KafkaSource(config, options);

class KafkaSource implements Source {
  private cluster: Promise<Cluster> | null = null;
  private readonly known = { groups: new KnownGroups(), cleanup: new CleanupPolicies() };
  private readonly past: Past = {
    ends: new LogEnds(),
    counters: new RowCounters(),
    rebalances: new Rebalances(),
  };
  private readonly closing = new AbortController();
  private readonly filters: ReadOptions['filters'];

  constructor(
    readonly config: BrokerConfig,
    private readonly options: SourceOptions,
  ) {
    const { topics = null, groups = null } = config.filters ?? {};
    this.filters = {
      topics: topics === null ? null : new NameFilter('topics', topics),
      groups: groups === null ? null : new NameFilter('groups', groups),
    };
  }

  async sweep({ at, signal, callTimeoutMs }: SweepRequest): Promise<SourceReading> {
    const calls = new Calls(callTimeoutMs, [signal, this.closing.signal]);
    try {
      return await this.read(at, calls);
    } finally {
      calls.end();
    }
  }

  private async read(at: number, calls: Calls): Promise<SourceReading> {
    const began = performance.now();
    const cluster = await this.connected();
    const wanted = this.options.wanted?.filter(({ broker }) => broker === this.config.name) ?? null;
    const { state, away, policies } = await readCluster(cluster, calls, {
      wanted,
      filters: this.filters,
      known: this.known,
      now: () => at + performance.now() - began,
    }).catch(async (error: unknown) => {
      calls.throwIfAborted();
      throw error instanceof NoEntranceError ? await sourceErrorOf(error.refusals, this.config) : error;
    });
    calls.throwIfAborted();
    await this.past.ends.add(state.endsReadAt, state.topics);
    this.past.rebalances.add(state.groups);
    const rows = await inSlices(rowsOf(this.config.name, state, wanted, this.past), (row) => row);
    await policies;
    calls.throwIfAborted();
    const queues = rows.map((row) => (this.known.cleanup.isCompacted(row.destination) ? ofCompacted(row) : row));
    const error = await this.errorOf(away);
    const { requests, bytes, roundTripSeconds } = calls;
    return {
      broker: {
        name: this.config.name,
        system: 'kafka',
        url: this.config.url,
        state: error ? 'partial' : 'ok',
        error,
        pressure: [],
        alarms: [],
        roundTripSeconds,
        notApplicable: [...notApplicable],
        sweep: { seconds: (performance.now() - began) / 1000, requests, bytes },
      },
      queues,
      stages: [],
      steps: [],
    };
  }

  async close(): Promise<void> {
    this.closing.abort(new Error('the source was closed'));
    const cluster = await this.cluster?.catch(() => null);
    cluster?.close();
  }

  private connected(): Promise<Cluster> {
    this.cluster ??= this.prepare().catch((error: unknown) => {
      this.cluster = null;
      throw error;
    });
    return this.cluster;
  }

  private async prepare(): Promise<Cluster> {
    const { hosts, tls, sasl } = this.config;
    return new Cluster(hosts, {
      tls: tls && (await tlsOptions(tls)),
      sasl,
      logger: kafkajsLogger((level, text) => this.options.log(level, text)),
    });
  }

  private async errorOf([first, ...more]: readonly AwayNode[]): Promise<BrokerError | null> {
    if (!first) return null;
    const told = await explain(first, this.config);
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    return { code: told.code, message: `broker ${first.id}${others}: ${told.message}`, next: told.next };
  }
}
