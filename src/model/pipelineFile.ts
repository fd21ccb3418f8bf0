import { closest, distance } from 'fastest-levenshtein';
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { BrokerUrlError, namespaceOf, parseBrokerUrl, type BrokerConfig } from './brokerUrl';
import { queueId } from './identity';
import { isNestedTooDeep, tooDeep } from './nesting';
import { defaultObjectives, type Pipeline, type QueueRef, type Stage } from './pipeline';
import { pipelineFile, type PipelineFile } from './pipelineSchema';

export interface PipelineProblem {
  severity: 'error' | 'warning';
  /** From 1. */
  line: number;
  column: number;
  message: string;
}

export interface ParsedPipeline {
  /** Null as soon as there is one error: a file with errors is never half used. */
  pipeline: Pipeline | null;
  problems: PipelineProblem[];
}

type Path = (string | number)[];
type Report = (severity: PipelineProblem['severity'], path: Path, message: string, onKey?: boolean) => void;

/**
 * Reads the text of a pipeline file. Every problem has its line and column; none is thrown.
 * @param env what `${env:NAME}` in the brokers section is taken from
 */
export function parsePipelineFile(text: string, env: Record<string, string | undefined>): ParsedPipeline {
  if (isNestedTooDeep(text))
    return { pipeline: null, problems: [{ severity: 'error', line: 1, column: 1, message: tooDeep }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: PipelineProblem[] = document.errors.map((error) => ({
    severity: 'error',
    ...place(lines, error.pos[0]),
    message: error.code === 'DUPLICATE_KEY' ? twice(text, error.pos[0]) : error.message.replaceAll('\n', ' '),
  }));
  const report: Report = (severity, path, message, onKey = false) =>
    problems.push({ severity, ...place(lines, offsetOf(document, path, onKey)), message });
  const done = (pipeline: Pipeline | null): ParsedPipeline => ({
    pipeline: problems.some((p) => p.severity === 'error') ? null : pipeline,
    problems: problems.sort((a, b) => a.line - b.line || a.column - b.column),
  });
  if (problems.length > 0) return done(null);
  let value: unknown;
  try {
    // An alias bomb stops here instead of filling the memory.
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    report('error', [], error instanceof Error ? error.message : String(error));
    return done(null);
  }
  if (value === null || value === undefined) {
    report('error', [], 'the file is empty; it needs "brokers:" and "stages:"');
    return done(null);
  }
  const file = validate(value, report);
  if (!file) return done(null);
  return done(build(file, env, report));
}

/** What is said of a second broker, stage or setting of one name. */
function twice(text: string, offset: number): string {
  const key = /^"[^"\n]*"|^'[^'\n]*'|^[^:\n]+/.exec(text.slice(offset))?.[0].trim() ?? '';
  return `"${key.replace(/^["']|["']$/g, '')}" stands here twice: each name is given once`;
}

function validate(value: unknown, report: Report): PipelineFile | null {
  const parsed = pipelineFile.safeParse(value);
  if (parsed.success) return parsed.data;
  let unknownOnly = true;
  for (const issue of parsed.error.issues) {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        report('warning', [...path, key], unknownKey(key, path), true);
        removeAt(value, path, key);
      }
    } else {
      unknownOnly = false;
      report('error', path, describe(issue, path));
    }
  }
  if (!unknownOnly) return null;
  const again = pipelineFile.safeParse(value);
  return again.success ? again.data : null;
}

function build(file: PipelineFile, env: Record<string, string | undefined>, report: Report): Pipeline {
  const brokers: BrokerConfig[] = [];
  for (const [name, broker] of Object.entries(file.brokers)) {
    const config = buildBroker(name, broker, env, report);
    if (config) brokers.push(config);
  }
  const names = Object.keys(file.brokers);
  if (names.length === 0) report('error', [], 'no broker is named; add "brokers:" with at least one name and url');
  if (Object.keys(file.stages).length === 0)
    report('error', [], 'no stage is named; add "stages:" with what each consumes and produces');
  const stages = Object.entries(file.stages).map(([name, stage]): Stage => {
    const refs = (list: 'consumes' | 'produces') =>
      stage[list].map((ref, i): QueueRef => {
        const path = ['stages', name, list, i];
        const broker = ref.broker ?? (names.length === 1 ? names[0] : undefined);
        if (broker === undefined) report('error', path, `which broker? name one of ${names.join(', ')}`);
        else checkBroker(broker, names, [...path, 'broker'], report);
        const config = brokers.find((b) => b.name === broker);
        const namespace = ref.namespace ?? (config ? namespaceOf(config) : null);
        const place = { broker: broker ?? '', namespace, destination: ref.destination, group: ref.group ?? null };
        const pattern = config?.system === 'redis' && ref.destination.includes('*') ? true : undefined;
        return {
          ...{ id: queueId(place), ...place, capacity: ref.capacity ?? null },
          ...{ figures: queueQueries(ref), type: ref.type, pattern },
        };
      });
    if (stage.metrics) checkFrom(stage.metrics.from, brokers, names, ['stages', name, 'metrics', 'from'], report);
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
  });
  if (file.steps) checkFrom(file.steps.from, brokers, names, ['steps', 'from'], report);
  if (file.history) checkFrom(file.history.from, brokers, names, ['history', 'from'], report, true);
  const { maxAgeSeconds, drainSeconds, utilisation } = file.objectives ?? {};
  return {
    name: file.pipeline,
    brokers,
    stages,
    objectives: {
      maxAgeSeconds: maxAgeSeconds ?? defaultObjectives.maxAgeSeconds,
      drainSeconds: drainSeconds ?? defaultObjectives.drainSeconds,
      utilisation: utilisation ?? defaultObjectives.utilisation,
    },
    stepsFrom: file.steps?.from,
    historyFrom: file.history?.from,
  };
}

type FileStage = PipelineFile['stages'][string];

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

function buildBroker(
  name: string,
  broker: PipelineFile['brokers'][string],
  env: Record<string, string | undefined>,
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

function expand(text: string, env: Record<string, string | undefined>, path: Path, report: Report): string {
  return text.replace(/\$\{env:([^}]*)\}/g, (_, name: string) => {
    const value = env[name];
    if (value === undefined) report('error', path, `the environment variable ${name} is not set`);
    return value ?? '';
  });
}

function checkBroker(name: string, known: string[], path: Path, report: Report): void {
  if (known.includes(name)) return;
  report('error', path, `unknown broker "${name}"${suggestion(name, known)}; known are ${known.join(', ') || 'none'}`);
}

/** Metrics come from a Prometheus or a metrics page; a past only from a Prometheus. */
function checkFrom(
  name: string,
  brokers: readonly BrokerConfig[],
  known: string[],
  path: Path,
  report: Report,
  past = false,
): void {
  checkBroker(name, known, path, report);
  const config = brokers.find((broker) => broker.name === name);
  if (!config || (config.system === 'prometheus' && !(past && config.scheme.startsWith('metrics')))) return;
  const kinds = past ? 'a prometheus+http broker' : 'a prometheus+http or metrics+http broker';
  report('error', path, `"${name}" is ${config.scheme}:, but this is read from ${kinds}`);
}

const suggestion = (word: string, known: string[]) => {
  const near = known.length > 0 ? closest(word, known) : '';
  return near !== '' && distance(word, near) <= 2 ? `, did you mean "${near}"?` : '';
};

/** The keys that may stand at a path, read from the schema itself. */
function knownKeys(path: Path): string[] {
  let schema: z.core.$ZodType = pipelineFile;
  for (const part of path) {
    let inner = unwrap(schema);
    if (inner._zod.def.type === 'object')
      inner = ((inner as z.ZodObject).shape as Record<string, z.core.$ZodType>)[part] ?? inner;
    else if (inner._zod.def.type === 'record') inner = (inner as z.ZodRecord).valueType;
    else if (inner._zod.def.type === 'array') inner = (inner as z.ZodArray).element;
    schema = inner;
  }
  const inner = unwrap(schema);
  return inner._zod.def.type === 'object' ? Object.keys((inner as z.ZodObject).shape) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const def = schema._zod.def as { innerType?: z.core.$ZodType };
  return def.innerType ? unwrap(def.innerType) : schema;
}

const unknownKey = (key: string, path: Path) => {
  const known = knownKeys(path);
  return `unknown key "${key}"${suggestion(key, known) || `; known are ${known.join(', ')}`}`;
};

function describe(issue: z.core.$ZodIssue, path: Path): string {
  const what = path.length > 0 ? `"${String(path.at(-1))}"` : 'the file';
  return `${what}: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

function removeAt(value: unknown, path: Path, key: string): void {
  let holder = value as Record<string | number, unknown>;
  for (const part of path) holder = holder[part] as Record<string | number, unknown>;
  Reflect.deleteProperty(holder, key);
}

/** Where a value (or its key) begins; the nearest ancestor that exists when it does not. */
function offsetOf(document: Document, path: Path, onKey: boolean): number {
  if (onKey) {
    const holder: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const pair = isMap(holder) ? holder.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  for (let n = path.length; n >= 0; n--) {
    const node: unknown = n === 0 ? document.contents : document.getIn(path.slice(0, n), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
