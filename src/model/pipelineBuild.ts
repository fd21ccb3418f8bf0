import { BrokerUrlError, namespaceOf, parseBrokerUrl, type BrokerConfig } from './brokerUrl';
import { queueId } from './identity';
import { defaultObjectives, type Pipeline, type QueueRef, type Stage } from './pipeline';
import { suggestion, type Path, type Report } from './pipelineProblem';
import type { PipelineFile } from './pipelineSchema';

type Environment = Record<string, string | undefined>;
type FileStage = PipelineFile['stages'][string];

/** The brokers that stages and metrics may name. */
interface Brokers {
  /** As they stand in the file, with those whose URL is wrong. */
  names: string[];
  configs: BrokerConfig[];
  report: Report;
}

/**
 * The pipeline that a file of the right shape describes. What is wrong in it is reported and left out.
 * @param env what `${env:NAME}` in the brokers section is taken from
 */
export function buildPipeline(file: PipelineFile, env: Environment, report: Report): Pipeline {
  const names = Object.keys(file.brokers);
  const configs = Object.entries(file.brokers).flatMap(([name, broker]) => brokerOf(name, broker, env, report) ?? []);
  const brokers = { names, configs, report };
  if (names.length === 0) report('error', [], 'no broker is named; add "brokers:" with at least one name and url');
  if (Object.keys(file.stages).length === 0)
    report('error', [], 'no stage is named; add "stages:" with what each consumes and produces');
  if (file.steps) checkFrom(brokers, file.steps.from, ['steps', 'from']);
  if (file.history) checkFrom(brokers, file.history.from, ['history', 'from'], true);
  const { maxAgeSeconds, drainSeconds, utilisation } = file.objectives ?? {};
  return {
    name: file.pipeline,
    brokers: configs,
    stages: Object.entries(file.stages).map(([name, stage]) => stageOf(name, stage, brokers)),
    objectives: {
      maxAgeSeconds: maxAgeSeconds ?? defaultObjectives.maxAgeSeconds,
      drainSeconds: drainSeconds ?? defaultObjectives.drainSeconds,
      utilisation: utilisation ?? defaultObjectives.utilisation,
    },
    stepsFrom: file.steps?.from,
    historyFrom: file.history?.from,
  };
}

function stageOf(name: string, stage: FileStage, brokers: Brokers): Stage {
  const refs = (list: 'consumes' | 'produces') =>
    stage[list].map((ref, i) => queueOf(ref, ['stages', name, list, i], brokers));
  if (stage.metrics) checkFrom(brokers, stage.metrics.from, ['stages', name, 'metrics', 'from']);
  return {
    name,
    consumes: refs('consumes'),
    produces: refs('produces'),
    instances: stage.instances ?? null,
    maxInstances: stage.maxInstances ?? null,
    costPerInstance: stage.costPerInstance ?? null,
    ratePerInstance: stage.ratePerInstance ?? null,
    critical: stage.critical,
    durable: stage.durable ?? null,
    ordered: stage.ordered ?? null,
    metrics: stageMetrics(stage.metrics),
  };
}

function queueOf(ref: FileStage['consumes'][number], path: Path, brokers: Brokers): QueueRef {
  const { names, configs, report } = brokers;
  const broker = ref.broker ?? (names.length === 1 ? names[0] : undefined);
  if (broker === undefined) report('error', path, `which broker? name one of ${names.join(', ')}`);
  else checkBroker(brokers, broker, [...path, 'broker']);
  const config = configs.find(({ name }) => name === broker);
  const namespace = ref.namespace ?? (config ? namespaceOf(config) : null);
  const place = { broker: broker ?? '', namespace, destination: ref.destination, group: ref.group ?? null };
  const pattern = config?.system === 'redis' && ref.destination.includes('*') ? true : undefined;
  return {
    ...{ id: queueId(place), ...place, capacity: ref.capacity ?? null },
    ...{ figures: queueQueries(ref), type: ref.type, pattern },
  };
}

function queueQueries({ backlog, produced, consumed }: FileStage['consumes'][number]): QueueRef['figures'] {
  if (backlog === undefined && produced === undefined && consumed === undefined) return undefined;
  return { backlog: backlog ?? null, produced: produced ?? null, consumed: consumed ?? null };
}

function stageMetrics(metrics: FileStage['metrics']): Stage['metrics'] {
  if (!metrics) return undefined;
  const { from, processed, cpu, memory, network } = metrics;
  return {
    ...{ from, processed: processed ?? null },
    ...{ cpu: cpu ?? null, memory: memory ?? null, network: network ?? null },
  };
}

function brokerOf(
  name: string,
  broker: PipelineFile['brokers'][string],
  env: Environment,
  report: Report,
): BrokerConfig | null {
  const at = ['brokers', name];
  const fill = (text: string | undefined, ...path: Path) =>
    text === undefined ? undefined : expand(text, env, [...at, ...path], report);
  try {
    const config = parseBrokerUrl(fill(broker.url, 'url') ?? '');
    const sasl = broker.sasl && {
      mechanism: broker.sasl.mechanism,
      username: fill(broker.sasl.username, 'sasl', 'username') ?? '',
      password: fill(broker.sasl.password, 'sasl', 'password') ?? '',
    };
    return {
      ...config,
      name,
      sasl: sasl ?? config.sasl,
      tls: broker.tls ?? config.tls,
      management: fill(broker.management, 'management') ?? config.management,
      monitoring: fill(broker.monitoring, 'monitoring') ?? config.monitoring,
      prometheus: fill(broker.prometheus, 'prometheus') ?? config.prometheus,
      region: broker.region ?? config.region,
      credentials: broker.credentials ?? config.credentials,
    };
  } catch (error) {
    if (!(error instanceof BrokerUrlError)) throw error;
    report('error', [...at, 'url'], error.message);
    return null;
  }
}

function expand(text: string, env: Environment, path: Path, report: Report): string {
  return text.replace(/\$\{env:([^}]*)\}/g, (_, name: string) => {
    const value = env[name];
    if (value === undefined) report('error', path, `the environment variable ${name} is not set`);
    return value ?? '';
  });
}

function checkBroker({ names, report }: Brokers, name: string, path: Path): void {
  if (names.includes(name)) return;
  report('error', path, `unknown broker "${name}"${suggestion(name, names)}; known are ${names.join(', ') || 'none'}`);
}

/** Metrics come from a Prometheus or a metrics page; a past only from a Prometheus. */
function checkFrom(brokers: Brokers, name: string, path: Path, past = false): void {
  checkBroker(brokers, name, path);
  const config = brokers.configs.find((broker) => broker.name === name);
  if (!config || (config.system === 'prometheus' && !(past && config.scheme.startsWith('metrics')))) return;
  const kinds = past ? 'a prometheus+http broker' : 'a prometheus+http or metrics+http broker';
  brokers.report('error', path, `"${name}" is ${config.scheme}:, but this is read from ${kinds}`);
}
