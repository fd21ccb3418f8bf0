// `npm run soak [-- --minutes 60 --seed 1]`: a real VS Code with three real brokers for an hour, faults at random on the way
// to them, everything that a person can do done at random. Fails for memory that grows, a rejection that nobody handles, an
// error in the log that no fault explains, and figures that are wrong in the end.
import { build } from 'esbuild';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findChromium } from '../harness/chromium';
import { codeServer } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { natsSubject } from '../harness/faults/nats';
import { rabbitmqSubject } from '../harness/faults/rabbitmq';
import { redisSubject } from '../harness/faults/redis';
import { backlog, queue, type Subject } from '../harness/faults/subject';
import { seeded } from '../harness/observations';
import { folder, projectRoot, runFolder } from '../harness/tools';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
/** Megabytes by which the last third may lie above the first. */
const slack = 15;

const chromium = await findChromium();
const served = await codeServer('oldest');
if (!chromium.ok || !served.ok)
  throw new Error([chromium, served].flatMap((need) => (need.ok ? [] : [need.reason])).join('; '));
const subjects: Record<string, Subject> = {
  redis: await redisSubject(),
  rabbitmq: await rabbitmqSubject(),
  nats: await natsSubject(),
};
const over = Date.now() + minutes * 60_000;
const out = folder(runFolder, 'soak');
await build({
  entryPoints: { index: path.join(projectRoot, 'test/editor/soak/index.ts') },
  ...{ outdir: out, bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'] },
});
const brokers = Object.fromEntries(
  Object.entries(subjects).map(([name, { url, proxy }]) => [name, url(proxy.port)] as const),
);
const result = path.join(out, 'result.json');
const workspace = await mkdtemp(path.join(folder(runFolder), 'soak-'));
const editor = await Editor.start({
  ...{ served: served.value, browser: chromium.value, workspace },
  env: {
    BACKPRESSURE_SOAK: JSON.stringify({ until: over, seed, brokers, queue, backlog }),
    BACKPRESSURE_HOST_RESULT: result,
  },
});
const problems: string[] = [];
try {
  const [counts] = await Promise.all([
    editor.runTests(path.join(out, 'index.js'), result, (line) => console.log(line), minutes * 60_000 + 400_000),
    faults(over - 5000),
  ]);
  const { problems: told, heaps } = JSON.parse(await readFile(result, 'utf8')) as {
    problems: string[];
    heaps: number[];
  };
  problems.push(...told, ...(await unexplained()));
  const third = Math.floor(heaps.length / 3);
  const level = (part: readonly number[]) => Math.min(...part);
  const grown = third === 0 ? 0 : level(heaps.slice(-third)) - level(heaps.slice(third, 2 * third));
  if (grown > slack) problems.push(`the memory grew by ${grown} MB: ${heaps.join(' ')}`);
  console.log(`${counts.passes} actions in ${minutes} minutes, seed ${seed}; memory ${heaps.join(' ')} MB`);
} finally {
  await editor.stop();
  await Promise.all(Object.values(subjects).map((subject) => subject.stop()));
}
for (const problem of problems) console.error(`  ✘ ${problem}`);
console.log(problems.length === 0 ? 'soak: nothing went wrong' : `soak: ${problems.length} things went wrong`);
process.exit(problems.length === 0 ? 0 : 1);

/** Something goes wrong on the way to one of the brokers, for a while, again and again; at the end all ways are clear. */
async function faults(end: number): Promise<void> {
  const random = seeded(seed + 1);
  const ways = Object.values(subjects).map(({ proxy }) => proxy);
  while (Date.now() < end) {
    const proxy = ways[Math.floor(random() * ways.length)];
    if (!proxy) return;
    const kind = Math.floor(random() * 5);
    if (kind === 0) await proxy.refuse();
    else if (kind === 1) proxy.cut();
    else proxy.set(kind === 2 ? { swallow: true } : kind === 3 ? { dripMs: 50 } : { cutAfter: 40 });
    await sleep(Math.min(2000 + 10_000 * random(), Math.max(0, end - Date.now())));
    proxy.set();
    proxy.cut();
    await proxy.listen();
    await sleep(1000 + 4000 * random());
  }
}

/** Lines of the extension's log that are errors, or warnings about anything but a broker. */
async function unexplained(): Promise<string[]> {
  const data = path.join(editor.home, 'data');
  const files = (await readdir(data, { recursive: true })).filter((name) => name.endsWith('Backpressure.log'));
  if (files.length === 0) return ['there is no log'];
  const texts = await Promise.all(files.map((name) => readFile(path.join(data, name), 'utf8')));
  const aboutBrokers = new RegExp(`\\] (${Object.keys(subjects).join('|')}): `);
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.includes('[error]') || (line.includes('[warning]') && !aboutBrokers.test(line)));
}
