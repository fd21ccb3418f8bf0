import assert from 'node:assert/strict';
import { extensions, workspace, type Event } from 'vscode';
import type { App } from '../../../src/extension/context';
import type { Row } from '../../../src/extension/tree/row';
import { queueReading, type QueueReading, type Sweep } from '../../../src/model/sweep';

const id = 'backpressure.backpressure-analyzer';

/** The extension as the editor knows it. */
export function extension() {
  const found = extensions.getExtension<App>(id);
  assert.ok(found, `${id} is installed`);
  return found;
}

/** The running extension. */
export const app = async (): Promise<App> => extension().activate();

/** Resolves when it holds; asked again whenever the event fires. */
export function eventually<T>(event: Event<T>, what: string, holds: () => boolean, limit = 30_000): Promise<void> {
  return new Promise((resolve, reject) => {
    if (holds()) {
      resolve();
      return;
    }
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`after ${limit / 1000} s still not so: ${what}`));
    }, limit);
    const listener = event(() => {
      if (!holds()) return;
      clearTimeout(timer);
      listener.dispose();
      resolve();
    });
  });
}

/** Resolves when it holds, for what no event tells of; asked again all the time. */
export async function until(what: string, holds: () => boolean, limit = 30_000): Promise<void> {
  const late = Date.now() + limit;
  while (!holds()) {
    if (Date.now() > late) throw new Error(`after ${limit / 1000} s still not so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Rows of the tree that are about this text. */
export const rowsWith = ({ tree }: App, text: string): Row[] =>
  [...tree.rows.values()].filter(({ label }) => label.includes(text));

/** The one row with this label. */
export function row(from: App, label: string): Row {
  const found = [...from.tree.rows.values()].find((candidate) => candidate.label === label);
  assert.ok(found, `a row "${label}" among ${[...from.tree.rows.values()].map((r) => r.label).join(' | ')}`);
  return found;
}

/** A sweep of the broker `demo` with just these queues; figures that are not given are null. */
export function sweepOf(at: number, queues: (Partial<QueueReading> & { destination: string })[]): Sweep {
  return {
    version: 1,
    at: new Date(at).toISOString(),
    brokers: [
      {
        ...{ name: 'demo', system: 'demo', url: 'demo:', state: 'ok', error: null, pressure: [], alarms: [] },
        ...{ roundTripSeconds: null, notApplicable: [], sweep: { seconds: 0, requests: 0, bytes: 0 } },
      },
    ],
    queues: queues.map((queue) =>
      queueReading.parse({
        ...{ id: `demo/${encodeURIComponent(queue.destination)}`, broker: 'demo', system: 'demo', kind: 'topic' },
        ...queue,
      }),
    ),
    stages: [],
    steps: [],
  };
}

/** Gives a broker a sweep, and waits until its queues are judged: of many, that takes several turns. */
export async function take({ poller }: App, sweep: Sweep, broker = 'demo'): Promise<void> {
  const watched = poller.brokers.find(({ config }) => config.name === broker);
  assert.ok(watched, `a broker called ${broker}`);
  const before = watched.queues;
  const judged = new Promise<void>((resolve) => {
    const listener = poller.onDidChange(() => {
      // Another broker may have changed meanwhile.
      if (watched.queues === before) return;
      listener.dispose();
      resolve();
    });
  });
  watched.take(sweep);
  await judged;
}

/** Everything the settings files say about connections, as text. */
export const connectionsText = (): string =>
  JSON.stringify(workspace.getConfiguration('backpressure').inspect('connections'));
