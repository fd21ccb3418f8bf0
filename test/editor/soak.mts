// `npm run soak [-- --minutes 60 --seed 1]`: the packaged extension in a real VS Code with six real brokers for an hour, faults
// at random on the way to them, everything that a person can do done at random. Fails for memory that grows, a rejection that
// nobody handles, an error in the log that no fault explains, and figures that are wrong in the end. An hour is kept in bench/SOAK.md.
import { build } from 'esbuild';
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../harness/chromium';
import { codeServer } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { backlog, queue } from '../harness/faults/subject';
import { folder, projectRoot, run, runFolder } from '../harness/tools';
import { asked, pipelineText, sixBrokers } from './soak/brokers';
import { injectFaults } from './soak/faults';
import type { Outcome, Task } from './soak/index';
import { memoryLevel, mostGrown, unexplained } from './soak/judge';
import { soakPage } from './soak/page';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];

const chromium = await findChromium();
const served = await codeServer('oldest');
if (!chromium.ok || !served.ok)
  throw new Error([chromium, served].flatMap((need) => (need.ok ? [] : [need.reason])).join('; '));
const out = folder(runFolder, 'soak');
const vsix = path.join(out, 'extension.vsix');
await run(process.execPath, [path.join(projectRoot, 'scripts/package.mjs'), '--no-build', vsix], { cwd: projectRoot });
await build({
  entryPoints: { index: path.join(projectRoot, 'test/editor/soak/index.ts') },
  ...{ outdir: out, bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'] },
});
const brokers = await sixBrokers();
const over = Date.now() + minutes * 60_000;
const result = path.join(out, 'result.json');
const workspace = path.join(await mkdtemp(path.join(out, 'workspace-')), 'orders');
await cp(path.join(projectRoot, 'test/editor/workspace'), workspace, { recursive: true });
const editor = await Editor.start({
  ...{ served: served.value, browser: chromium.value, workspace, vsix },
  env: { BACKPRESSURE_SOAK: JSON.stringify(task()), BACKPRESSURE_HOST_RESULT: result },
});
try {
  const [, faults] = await Promise.all([
    editor.runTests(path.join(out, 'index.js'), result, (line) => console.log(line), minutes * 60_000 + 400_000),
    injectFaults(brokers, over - 5000, seed + 1),
  ]);
  const outcome = JSON.parse(await readFile(result, 'utf8')) as Outcome;
  const problems = [...outcome.problems, ...unexplained(await log(), faults)];
  const { grown } = memoryLevel(outcome.memory);
  if (grown > mostGrown) problems.push(`the memory grew by ${grown.toFixed(1)} MB`);
  const page = soakPage({ minutes, seed, outcome, faults, problems }, Date.now());
  const kept = minutes >= 60 ? path.join(projectRoot, 'bench/SOAK.md') : path.join(out, 'SOAK.md');
  await writeFile(kept, page);
  await run(process.execPath, [path.join(projectRoot, 'node_modules/prettier/bin/prettier.cjs'), '--write', kept]);
  console.log(page);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await editor.stop();
  await Promise.all(Object.values(brokers).map((broker) => broker.stop()));
}
process.exit();

/** What the extension host is to do. */
function task(): Task {
  const urls = Object.entries(brokers).map(([name, { url, proxy }]) => [name, url(proxy.port)] as const);
  const pipeline = pipelineText(Object.fromEntries(urls)[asked] ?? '');
  return {
    ...{ until: over, seed, queue, backlog, brokers: Object.keys(brokers) },
    connections: Object.fromEntries(urls.filter(([name]) => name !== asked)),
    // As it should be, gone, and not yet written to its end.
    pipelines: [pipeline, null, pipeline.slice(0, -20)],
  };
}

/** Everything that the extension wrote into its log. */
async function log(): Promise<string> {
  const data = path.join(editor.home, 'data');
  const files = (await readdir(data, { recursive: true })).filter((name) => name.endsWith('Backpressure.log'));
  if (files.length === 0) throw new Error('there is no log');
  return (await Promise.all(files.map((name) => readFile(path.join(data, name), 'utf8')))).join('\n');
}
