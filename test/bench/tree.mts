import { build } from 'esbuild';
import { cp, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../harness/chromium';
import { codeServer } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { folder, projectRoot, runFolder } from '../harness/tools';
import { median, type Measured } from './measured';
import { atMost, everyRight } from './probed.mjs';
import type { TreeTimes } from '../editor/bench/tree';

const queues = 10_000;
const megabyte = 1e6;
/** Milliseconds for the whole run, on a slow machine. */
const limit = 900_000;

/** What keeping the view open on ten thousand queues costs the extension host of a real editor. */
export async function benchTree(): Promise<Measured[]> {
  const times = await measured();
  const refreshes = times.whole.length;
  const { heap } = times;
  const what = `side bar open on ${queues} queues`;
  return [
    everyRight(`${what}: queues judged`, times.queues, queues),
    atMost(`${what}: views made anew, ms of extension-host time`, median(times.views), 50),
    atMost(`${what}: a whole sweep (history, states, views), ms of extension-host time`, median(times.whole), 300),
    atMost(`${what}: … longest turn, ms`, median(times.longest), 50),
    atMost(`${what}: growth of the heap over ${refreshes} refreshes, MB`, growth(heap) / megabyte, 2),
  ];
}

/** From the first fifth to the last, each by its median: one collection that came late decides nothing. */
function growth(heap: readonly number[]): number {
  const fifth = Math.max(1, Math.floor(heap.length / 5));
  return median(heap.slice(-fifth)) - median(heap.slice(0, fifth));
}

async function measured(): Promise<TreeTimes> {
  const [chromium, host] = [await findChromium(), await codeServer()];
  if (!chromium.ok || !host.ok) throw new Error('the tree is measured in a served VS Code, which needs Chromium');
  const out = folder(runFolder, 'bench-tree');
  await build({
    ...{ entryPoints: { host: path.join(projectRoot, 'test/editor/bench/tree.ts') }, outdir: out, bundle: true },
    ...{ platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'], logLevel: 'warning' },
  });
  const result = path.join(out, 'result.json');
  const workspace = path.join(await mkdtemp(path.join(folder(runFolder), 'workspace-')), 'orders');
  await cp(path.join(projectRoot, 'test/editor/workspace'), workspace, { recursive: true });
  const env = { BACKPRESSURE_HOST_RESULT: result };
  const editor = await Editor.start({ served: host.value, browser: chromium.value, workspace, env });
  let line: string | undefined;
  try {
    await editor.runTests(
      path.join(out, 'host.js'),
      result,
      (printed) => {
        if (printed.startsWith('[tree] ')) line = printed.slice(7);
      },
      limit,
    );
  } finally {
    await editor.stop();
  }
  if (line === undefined) throw new Error('the extension host printed no times');
  return JSON.parse(line) as TreeTimes;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchTree());
