import { setTimeout as sleep } from 'node:timers/promises';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { writeFileSync } from 'node:fs';
import { commands } from 'vscode';
import type { QueueReading, Sweep } from '../../../src/model/sweep';
import { app, eventually, take } from '../host/support';
import { print } from '../host/print';
import { broker, noisyFlow, type QueueOverTime } from '../../harness/observations';

/** What the bench reads from the line that begins with `[tree]`. Milliseconds and bytes, one entry for each refresh. */
export interface TreeTimes {
  /** Busy time of the extension host from the sweep's arrival until the editor has its rows. */
  whole: number[];
  /** The part of it in which the views are made anew and the editor's questions are answered. */
  views: number[];
  /** The longest turn of the event loop. */
  longest: number[];
  /** Every fifty refreshes. */
  heap: number[];
  /** Judged at the end. */
  queues: number;
  /** Rows of the tree at the end. */
  rows: number;
}

const queues = 10_000;
/** An hour of history is full after that many sweeps. */
const full = 360;
const refreshes = 500;
/** How often the memory is looked at. */
const every = 50;
const stepMs = 10_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What the extension host calls. Ten thousand queues of one broker, one in fifty growing, each other at each sweep. */
export async function run(): Promise<void> {
  const running = await app();
  await commands.executeCommand('backpressure.queues.focus');
  await eventually(running.tree.onDidChangeVisibility, 'the view is shown', () => running.tree.visible);
  await commands.executeCommand('backpressure.startDemo');
  await commands.executeCommand('backpressure.pause');
  const [watched] = running.poller.brokers;
  if (!watched) throw new Error('there is no demo');
  const start = Date.now();
  watched.history.clear();
  const flows = flowsOver((full + refreshes) * 10);
  for (let n = 0; n < full; n++) watched.history.add(sweepOf(flows, start, n));

  const times: TreeTimes = { whole: [], views: [], longest: [], heap: [], queues: 0, rows: 0 };
  for (let n = full; n < full + refreshes; n++) {
    const sweep = sweepOf(flows, start, n);
    const before = watched.queues;
    const whole = busy();
    await take(running, sweep);
    await quiet();
    const spent = whole();
    times.whole.push(spent.active);
    times.longest.push(spent.longest);
    // Once more what the end of the sweep told them, the other way round: the figures of the sweep before.
    const [later, views] = [watched.queues, busy()];
    watched.queues = before;
    running.poller.paused = true;
    await quiet();
    times.views.push(views().active);
    watched.queues = later;
    if ((n - full) % every === every - 1) times.heap.push(heap());
  }
  times.queues = watched.queues.length;
  times.rows = running.tree.rows.size;
  print(`[tree] ${JSON.stringify(times)}`);
  const file = process.env.BACKPRESSURE_HOST_RESULT;
  if (file !== undefined) writeFileSync(file, JSON.stringify({ passes: 1, failures: 0, pending: 0, skipped: [] }));
  // The line is still on its way to the browser's console.
  await sleep(300);
}

/** Overloaded is one in fifty; the others are used to half, two thirds and 70 %. */
const flowsOver = (seconds: number) =>
  Array.from({ length: 50 }, (_, i) =>
    noisyFlow({
      ...{ seed: i + 1, arrivalRate: 20, serviceRate: i === 7 ? 18 : ([40, 30, 29][i % 3] ?? 40) },
      ...{ commitsEvery: 5, seconds, step: 1 },
    }),
  );

function sweepOf(flows: readonly QueueOverTime[], start: number, n: number): Sweep {
  const rows = flows.flatMap((flow) => flow((n * stepMs) / 1000) ?? []);
  const queueOf = (i: number): QueueReading => {
    const row = rows[i % rows.length];
    if (!row) throw new Error('there is no flow');
    return { ...row, id: `demo/q${i}/w${i}`, broker: 'demo', destination: `q${i}`, group: `w${i}` };
  };
  return {
    ...{ version: 1, at: new Date(start + n * stepMs).toISOString(), brokers: [broker('demo')], stages: [], steps: [] },
    queues: Array.from({ length: queues }, (_, i) => queueOf(i)),
  };
}

/** Begins to count: what the event loop was busy with since then, and its longest turn. */
function busy(): () => { active: number; longest: number } {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const began = performance.eventLoopUtilization();
  return () => {
    delays.disable();
    return { active: performance.eventLoopUtilization(began).active, longest: delays.max / 1e6 };
  };
}

/** Resolves when the extension host has had nothing to do for a moment: the editor has all its answers. */
async function quiet(): Promise<void> {
  for (;;) {
    const began = performance.eventLoopUtilization();
    await sleep(20);
    if (performance.eventLoopUtilization(began).active < 2) return;
  }
}

/** Bytes of everything that is reachable. */
function heap(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
