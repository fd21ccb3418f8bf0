import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BrokerUrlError, nameBrokers, parseBrokerUrl, type BrokerConfig } from '../model/brokerUrl';
import type { Pipeline } from '../model/pipeline';
import { realClock, virtualClock, type Clock } from '../measure/clock';
import { demoPipeline } from '../measure/demo/pipeline';
import { openSource } from '../measure/open';
import { questionsFor } from '../measure/questions';
import { Sampler } from '../measure/sampler';
import { SourceError, type Source } from '../measure/source';
import type { CommonOptions } from './options';
import type { Output } from './output';
import { UsageError } from './usage';

/** What a verb works on: the brokers to read and, where there is one, the pipeline that joins their queues. */
export interface Setup {
  brokers: BrokerConfig[];
  pipeline: Pipeline | null;
}

/**
 * Finds brokers and pipeline by the flags (CONTRACTS.md: flag beats file beats default).
 * @throws {UsageError} on a bad flag or a pipeline file with errors
 */
export async function findSetup(options: CommonOptions, output: Output): Promise<Setup> {
  const named = options.pipeline;
  const given = nameBrokers(options.broker.map((url) => readUrl(url)));
  const file = named ?? (given.length > 0 ? null : findUpward('backpressure.yaml'));
  if (file !== null) {
    const pipeline = await readPipeline(file, output);
    const taken = new Set(pipeline.brokers.map((broker) => broker.name));
    const clash = given.find((broker) => taken.has(broker.name));
    if (clash) throw new UsageError(`--broker: ${file} has a broker named "${clash.name}" already`);
    return { brokers: [...pipeline.brokers, ...given], pipeline };
  }
  if (given.length === 0) {
    throw new UsageError('--broker: no broker given and no backpressure.yaml from here upward; try --broker demo:');
  }
  // The demo brings its own pipeline; beside other brokers nothing says how they join.
  const [only] = given;
  try {
    return { brokers: given, pipeline: given.length === 1 && only?.system === 'demo' ? demoPipeline(only.path) : null };
  } catch (error) {
    if (error instanceof SourceError) throw new UsageError(`--broker: ${error.message}; ${error.next}`);
    throw error;
  }
}

/** @throws {UsageError} naming the flag */
export function readUrl(url: string): BrokerConfig {
  try {
    return parseBrokerUrl(url);
  } catch (error) {
    if (error instanceof BrokerUrlError) throw new UsageError(`--broker: ${error.message}`);
    throw error;
  }
}

/**
 * Reads a pipeline file; its warnings are remarks.
 * @throws {UsageError} with `file:line:column: message` for its first error
 */
export async function readPipeline(file: string, output: Output): Promise<Pipeline> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--pipeline: ${error instanceof Error ? error.message : String(error)}`);
  }
  // Only now: YAML and the schemas take longer to load than a small broker to answer.
  const { parsePipelineFile } = await import('../model/pipelineFile');
  const { pipeline, problems } = parsePipelineFile(text, process.env);
  const [error] = problems.filter((problem) => problem.severity === 'error');
  if (error || !pipeline)
    throw new UsageError(`${file}:${error?.line ?? 1}:${error?.column ?? 1}: ${error?.message ?? 'unreadable'}`);
  for (const warning of problems)
    output.remark(`${file}:${warning.line}:${warning.column}: warning: ${warning.message}`);
  return pipeline;
}

function findUpward(name: string): string | null {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const file = path.join(folder, name);
    if (existsSync(file)) return file;
    if (path.dirname(folder) === folder) return null;
  }
}

/** Time for these brokers: demos alone run as fast as they can be computed, anything real in real time. */
export const clockFor = (brokers: readonly BrokerConfig[]): Clock =>
  brokers.length > 0 && brokers.every((broker) => broker.system === 'demo') ? virtualClock(Date.now()) : realClock;

/** A sampler over the brokers of a setup. The caller closes it. @throws {UsageError} for a kind that cannot be read */
export async function openSampler(
  setup: Setup,
  options: CommonOptions,
  clock: Clock,
  intervalSeconds: number,
  output: Output,
): Promise<Sampler> {
  const wanted = setup.pipeline?.stages.flatMap((stage) => [...stage.consumes, ...stage.produces]) ?? null;
  const log = (level: 'debug' | 'info' | 'warn' | 'error', text: string) => {
    if (level === 'warn') output.remark(text);
  };
  const sources: Source[] = [];
  for (const broker of setup.brokers) {
    try {
      sources.push(
        await openSource(broker, {
          wanted: wanted?.filter((queue) => queue.broker === broker.name) ?? null,
          questions: questionsFor(setup.pipeline, broker.name),
          log,
        }),
      );
    } catch (error) {
      if (error instanceof SourceError) throw new UsageError(`${broker.name}: ${error.message}; ${error.next}`);
      throw error;
    }
  }
  return new Sampler(sources, {
    clock,
    intervalMs: intervalSeconds * 1000,
    callTimeoutMs: options.timeout * 1000,
    log,
  });
}
