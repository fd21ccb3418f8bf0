// `npm run bench [kafka] [diagnosis] [rabbitmq] [redis] [sqs] [idle] [code] [tree] [activation] [map] [lens] [server] [scan] [bundles]`: measures, prints one table, and keeps it in bench/RESULTS.md.
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../harness/tools';
import { benchActivation } from './activation.mjs';
import { bundleSizes } from './bundles.mjs';
import { benchCode } from './code.mjs';
import { benchFlow } from './code/controller.mjs';
import { benchDiagnosis } from './diagnosis.mjs';
import { benchIdle } from './idle.mjs';
import { benchKafka } from './kafka.mjs';
import { benchLens } from './lens.mjs';
import { benchMap } from './map.mjs';
import { benchRabbitmq } from './rabbitmq.mjs';
import { benchRedis } from './redis.mjs';
import { raced, scanRows } from './rules/speed';
import { benchServer } from './server.mjs';
import { benchSqs } from './sqs.mjs';
import { benchTree } from './tree.mjs';
import type { Measured } from './measured';

const parts: Record<string, () => Promise<Measured[]> | Measured[]> = {
  kafka: benchKafka,
  diagnosis: benchDiagnosis,
  rabbitmq: benchRabbitmq,
  redis: benchRedis,
  sqs: benchSqs,
  idle: benchIdle,
  code: async () => [...(await benchCode()), ...(await benchFlow())],
  tree: benchTree,
  activation: benchActivation,
  map: benchMap,
  lens: benchLens,
  server: benchServer,
  // Three rounds, as the slowest takes more than a minute; `npm run bench:rules speed` takes five.
  scan: async () => scanRows(await raced(3)),
  bundles: bundleSizes,
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`unknown part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const rows: Measured[] = [];
for (const [name, bench] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name} …`);
  try {
    rows.push(...(await bench()));
  } catch (error) {
    rows.push(unmeasured(name, error));
  }
}
const table = markdownTable(rows);
console.log(table);
// Part of the figures never replaces all of them.
if (wanted.length === 0) {
  await mkdir(path.join(projectRoot, 'bench'), { recursive: true });
  await writeFile(path.join(projectRoot, 'bench/RESULTS.md'), `${heading()}\n${table}\n`);
}
// Absolute figures are goals of a quiet machine; only what is held against a peer or the truth may fail a run.
process.exitCode = rows.every(({ holds, budget }) => holds || budget.startsWith('goal')) ? 0 : 1;

/** One part that fails takes none of the others' figures with it. */
function unmeasured(name: string, error: unknown): Measured {
  console.error(error);
  return {
    what: `${name}: could not be measured`,
    ours: NaN,
    peer: null,
    ratio: null,
    budget: 'measured',
    holds: false,
  };
}

function heading(): string {
  const [cpu] = os.cpus();
  return `# Measurements

\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${os.cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}, load ${os.loadavg()[0]?.toFixed(1) ?? '?'} at the end.

Ratios are ours against a peer on the same data in the same run, whole processes in turn, medians; they are what has to hold. Absolute figures depend on the machine and are goals.
`;
}

function markdownTable(measured: readonly Measured[]): string {
  const figure = (value: number | null) =>
    value === null || Number.isNaN(value) ? '–' : Number(value.toPrecision(3)).toLocaleString('en-US');
  const lines = measured.map(
    ({ what, ours, peer, ratio, budget, holds }) =>
      `| ${what} | ${figure(ours)} | ${figure(peer)} | ${ratio === null ? '–' : `${figure(ratio)} ×`} | ${budget} | ${holds ? 'yes' : '**no**'} |`,
  );
  return ['| what | ours | peer | ratio | budget | holds |', '| --- | ---: | ---: | ---: | --- | --- |', ...lines].join(
    '\n',
  );
}
