import type { BrokerConfig } from '../model/brokerUrl';
import type { Sweep, System } from '../model/sweep';
import type { pastSweeps as PastSweeps } from './prometheus/past';
import type { presentSeries, PresentSeries } from './prometheus/present';
import { SourceError, type OpenSource, type Source, type SourceOptions } from './source';

/** Each kind is loaded when its first broker is opened; the build keeps them in bundles of their own. */
const kinds: Partial<Record<System, () => Promise<{ open: OpenSource }>>> = {
  aws_sqs: () => import('./sqs/index'),
  demo: () => import('./demo/index'),
  kafka: () => import('./kafka/index'),
  nats: () => import('./nats/index'),
  prometheus: () => import('./prometheus/index'),
  rabbitmq: () => import('./rabbitmq/index'),
  redis: () => import('./redis/index'),
};

/**
 * Opens a broker for reading without connecting to it yet.
 * @throws {SourceError} `unsupported` for a kind this version cannot read
 */
export async function openSource(config: BrokerConfig, options: SourceOptions): Promise<Source> {
  const load = kinds[config.system];
  if (!load) {
    throw new SourceError(
      'unsupported',
      `this version cannot read ${config.system} yet`,
      `it reads ${Object.keys(kinds).join(', ')}`,
    );
  }
  const { open } = await load();
  return open(config, options);
}

/** The past of a demo, oldest first; see demoSweeps, which comes with the demo's own bundle. */
export async function demoPast(
  scenario: string,
  untilMs: number,
  seconds: number,
  stepSeconds: number,
): Promise<Sweep[]> {
  const { demoSweeps } = await import('./demo/index');
  return demoSweeps(scenario, untilMs, seconds, stepSeconds);
}

/** The past that a Prometheus knows; see pastSweeps. Loaded with its own bundle. */
export async function prometheusPast(...wanted: Parameters<typeof PastSweeps>): Promise<Sweep[]> {
  const { pastSweeps } = await import('./prometheus/index');
  return pastSweeps(...wanted);
}

/** What a Prometheus has now; see presentSeries. Loaded with its own bundle. */
export async function prometheusPresent(...wanted: Parameters<typeof presentSeries>): Promise<PresentSeries> {
  const prometheus = await import('./prometheus/index');
  return prometheus.presentSeries(...wanted);
}
