import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import type { App } from '../../../src/extension/context';
import { seeded } from '../../harness/observations';
import { print } from '../host/print';
import { app, until } from '../host/support';

/** What the driver tells by the environment. */
interface Task {
  /** Milliseconds since the epoch: until then everything is done at random. */
  until: number;
  seed: number;
  /** Connections by name, and the backlog that each has in the end. */
  brokers: Record<string, string>;
  queue: string;
  backlog: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What a person does, over and over, in an order that a seed gives. */
function actions(running: App, { brokers }: Task, random: () => number): (() => unknown)[] {
  const among = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const names = Object.keys(brokers);
  const set = (name: string, value: unknown) =>
    workspace.getConfiguration('backpressure').update(name, value, ConfigurationTarget.Global);
  const saved = () => running.connections.saved().map(({ name }) => name);
  return [
    () => commands.executeCommand('backpressure.startDemo'),
    () => commands.executeCommand('backpressure.stopDemo'),
    () => commands.executeCommand('backpressure.refresh'),
    () => running.panel.show(),
    () => running.panel.close(),
    () => running.charts.show('demo/validated/payment-processor'),
    () => running.charts.close(),
    () => set('interval', among([5, 10, 20])),
    () => set('window', among([20, 60])),
    () => set('liveFigures.enabled', random() < 0.5),
    () => set('notifications', random() < 0.5),
    async () => {
      const name = among(names);
      if (!saved().includes(name)) await running.connections.save(name, brokers[name]!);
    },
    async () => {
      const [name] = saved();
      if (name !== undefined && random() < 0.5) await running.connections.remove(name);
    },
  ];
}

/** Called by the extension host. @throws when something is not as it should be */
export async function run(): Promise<void> {
  const task = JSON.parse(process.env.BACKPRESSURE_SOAK ?? '{}') as Task;
  const problems: string[] = [];
  const reject = (error: unknown) => problems.push(`unhandled: ${String(error)}`);
  process.on('unhandledRejection', reject);
  const running = await app();
  await commands.executeCommand('backpressure.queues.focus');
  const random = seeded(task.seed);
  const possible = actions(running, task, random);
  const heaps: number[] = [];
  let done = 0;
  while (Date.now() < task.until) {
    const action = possible[Math.floor(random() * possible.length)]!;
    try {
      await action();
    } catch (error) {
      problems.push(`${action.toString()}: ${String(error)}`);
    }
    await sleep(100 + 900 * random());
    if (++done % 30 === 0) {
      collect();
      heaps.push(Math.round(process.memoryUsage().heapUsed / 1e6));
      print(`      [soak] ${done} actions, ${heaps.at(-1)} MB`);
    }
  }
  for (const name of Object.keys(task.brokers)) await running.connections.save(name, task.brokers[name]!);
  await workspace.getConfiguration('backpressure').update('interval', 5, ConfigurationTarget.Global);
  const wrong = () =>
    Object.keys(task.brokers).filter((name) => {
      const broker = running.poller.brokers.find(({ config }) => config.name === name);
      return broker?.queues.find(({ destination }) => destination === task.queue)?.backlog !== task.backlog;
    });
  await until('every figure is right again', () => wrong().length === 0, 180_000).catch((error: unknown) =>
    problems.push(`${String(error)}: ${wrong().join(', ')}`),
  );
  process.off('unhandledRejection', reject);
  const result = { passes: done, failures: problems.length, pending: 0, skipped: [] };
  writeFileSync(process.env.BACKPRESSURE_HOST_RESULT ?? '', JSON.stringify({ ...result, problems, heaps }));
  await sleep(300);
}
