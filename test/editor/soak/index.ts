import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { commands, ConfigurationTarget, version, workspace } from 'vscode';
import type { App } from '../../../src/extension/context';
import { seeded } from '../../harness/observations';
import { print } from '../host/print';
import { app, until } from '../host/support';
import { actions, writePipeline } from './actions';
import type { MemorySample } from './judge';

/** What the driver tells by the environment. */
export interface Task {
  /** Milliseconds since the epoch: until then everything is done at random. */
  until: number;
  seed: number;
  /** URLs of the connections by name. */
  connections: Record<string, string>;
  /** Texts that the pipeline file may have; the first is the one at the end. */
  pipelines: (string | null)[];
  /** Names of the brokers that have the queue in the end, and its backlog. */
  brokers: string[];
  queue: string;
  backlog: number;
}

/** What the driver is told in the end. */
export interface Outcome {
  /** Of the editor. */
  version: string;
  problems: string[];
  memory: MemorySample[];
  /** How often each thing was done. */
  done: Record<string, number>;
  /** The backlog of the queue in the end, by broker. */
  figures: Record<string, number | null>;
}

const actionsPerSample = 30;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Called by the extension host. What goes wrong is told in the result file. */
export async function run(): Promise<void> {
  const task = JSON.parse(process.env.BACKPRESSURE_SOAK ?? '{}') as Task;
  const problems: string[] = [];
  const reject = (error: unknown) => problems.push(`unhandled: ${String(error)}`);
  process.on('unhandledRejection', reject);
  const running = await app();
  await commands.executeCommand('backpressure.queues.focus');
  await addEverything(running, task);
  const { done, memory } = await everythingAtRandom(running, task, problems);
  const figures = await figuresInTheEnd(running, task).catch((error: unknown) => {
    problems.push(String(error));
    return figuresOf(running, task);
  });
  process.off('unhandledRejection', reject);
  const counts = { passes: memory.length, failures: problems.length, pending: 0, skipped: [] };
  const outcome: Outcome = { version, problems, memory, done, figures };
  writeFileSync(process.env.BACKPRESSURE_HOST_RESULT ?? '', JSON.stringify({ ...counts, ...outcome }));
  // The last lines are still on their way to the browser's console, and nothing tells when they have arrived.
  await sleep(300);
}

async function everythingAtRandom(
  running: App,
  task: Task,
  problems: string[],
): Promise<Pick<Outcome, 'done' | 'memory'>> {
  const random = seeded(task.seed);
  const failed = (what: string, error: unknown) => problems.push(`${what}: ${String(error)}`);
  const possible = Object.entries(actions({ ...task, running, random, failed }));
  const done: Record<string, number> = {};
  const memory: MemorySample[] = [];
  const begun = Date.now();
  for (let count = 1; Date.now() < task.until; count++) {
    const [name, act] = possible[Math.floor(random() * possible.length)]!;
    done[name] = (done[name] ?? 0) + 1;
    try {
      await act();
    } catch (error) {
      failed(name, error);
    }
    await sleep(100 + 900 * random());
    if (count % actionsPerSample === 0) {
      memory.push(inUse((Date.now() - begun) / 1000));
      print(`      [soak] ${count} actions, ${memory.at(-1)?.used} MB`);
    }
  }
  return { done, memory };
}

/** Puts everything back, and waits until every broker tells the backlog that it has. @throws {Error} naming those that do not */
async function figuresInTheEnd(running: App, task: Task): Promise<Outcome['figures']> {
  running.analysis.cancel();
  await commands.executeCommand('backpressure.closeRecording');
  await commands.executeCommand('backpressure.stopDemo');
  await addEverything(running, task);
  await workspace.getConfiguration('backpressure').update('interval', 5, ConfigurationTarget.Global);
  const wrong = () => Object.entries(figuresOf(running, task)).filter(([, backlog]) => backlog !== task.backlog);
  await until('every figure is right again', () => wrong().length === 0, 180_000).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${wrong().join(', ')}`);
  });
  return figuresOf(running, task);
}

async function addEverything({ connections }: App, task: Task): Promise<void> {
  for (const [name, url] of Object.entries(task.connections)) await connections.save(name, url);
  await writePipeline(task.pipelines[0] ?? null);
}

function figuresOf({ poller }: App, { brokers, queue }: Task): Outcome['figures'] {
  const backlogOf = (name: string) => {
    const broker = poller.brokers.find(({ config }) => config.name === name);
    return broker?.queues.find(({ destination }) => destination === queue)?.backlog ?? null;
  };
  return Object.fromEntries(brokers.map((name) => [name, backlogOf(name)]));
}

function inUse(at: number): MemorySample {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
  return { at: Math.round(at), used: megabytes(heapUsed + external), resident: megabytes(rss) };
}
