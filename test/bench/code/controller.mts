import { existsSync } from 'node:fs';
import path from 'node:path';
import { driver } from '../../harness/drivers';
import { codeFolder, generated } from '../../harness/generated';
import { folder, projectRoot, run, runFolder, toolsFolder } from '../../harness/tools';
import { typescriptModule } from '../../harness/typescriptModule';
import { median, type Measured } from '../measured';
import { writeFigures } from './figures';

interface Figures {
  perSecond: number;
  megabytes: number;
}
const [items, rounds] = [200_000, 5];

/** The generated controller beside a p-queue of bounded size, and what a call of a step tracker costs. */
export async function benchFlow(): Promise<Measured[]> {
  const rows = [...(await benchController()), ...(await benchTracker())];
  await writeFigures(
    'flow figures',
    ['what', 'figure'],
    rows.map(({ what, ratio, ours }) => [what, ratio === null ? ours.toFixed(0) : `${ratio.toFixed(2)} ×`]),
  );
  return rows;
}

/** One item at a time, as p-queue has it, and in batches, which a sink is given to save calls; processes in turn. */
async function benchController(): Promise<Measured[]> {
  const peers = folder(toolsFolder, 'p-queue-npm');
  if (!existsSync(path.join(peers, 'node_modules/p-queue'))) {
    await run('npm', ['install', '--prefix', peers, '--no-audit', '--no-fund', 'p-queue@9.3.5'], { cwd: peers });
  }
  await typescriptModule('controller');
  const ours = path.join(runFolder, 'code/typescript-controller', generated('controller', 'typescript').fileName);
  const program = path.join(projectRoot, 'test/bench/code/buffers.mjs');
  const contenders = ['batches of 1', 'batches of 100', 'p-queue'];
  const seen = new Map(contenders.map((name) => [name, [] as Figures[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, figures] of seen) {
      const given = [program, ours.replace(/\.ts$/, '.js'), peers, name, String(items)];
      const { stdout } = await run(process.execPath, given);
      figures.push(JSON.parse(stdout) as Figures);
    }
  }
  const of = (name: string, figure: keyof Figures) => median((seen.get(name) ?? []).map((each) => each[figure]));
  return contenders.slice(0, 2).flatMap((name): Measured[] => {
    const [speed, theirs] = [of(name, 'perSecond'), of('p-queue', 'perSecond')];
    const [memory, theirMemory] = [of(name, 'megabytes'), of('p-queue', 'megabytes')];
    const what = `TypeScript controller of 1,000, ${name}`;
    return [
      {
        ...{ what: `${what}: items/s (peer: p-queue of bounded size)`, ours: speed, peer: theirs },
        ...{ ratio: speed / theirs, budget: 'ratio ≥ 0.83', holds: speed / theirs >= 1 / 1.2 },
      },
      {
        ...{ what: `${what}: peak memory, MB (peer: p-queue of bounded size)`, ours: memory, peer: theirMemory },
        ...{ ratio: theirMemory / memory, budget: 'goal ≥ 0.83', holds: theirMemory / memory >= 1 / 1.2 },
      },
    ];
  });
}

/** Nanoseconds of a success, and of a call on an episode, which reads the clock. */
async function benchTracker(): Promise<Measured[]> {
  const costs = { Go: await costInGo(), Rust: await costInRust() };
  return Object.entries(costs).flatMap(([language, [success, episode]]) =>
    [
      { what: `step tracker in ${language}: ns a call of a success`, ours: success ?? NaN },
      { what: `step tracker in ${language}: ns a call of an episode`, ours: episode ?? NaN },
    ].map((cost) => ({ ...cost, peer: null, ratio: null, budget: 'goal ≤ 100', holds: cost.ours <= 100 })),
  );
}

async function costInGo(): Promise<number[]> {
  const { fileName, text } = generated('step-tracker', 'go');
  const cwd = codeFolder('bench-tracker-go', {
    'go.mod': 'module orders\n\ngo 1.25\n',
    [fileName]: text,
    'driver_test.go': driver('step-tracker', 'go/step_tracker_test.go'),
  });
  const { stdout } = await run(
    'go',
    ['test', '-run', '^$', '-bench', '.', '-benchtime', '20000x', '-count', '100', '.'],
    { cwd },
  );
  const best = (name: string) =>
    Math.min(
      ...[...stdout.matchAll(new RegExp(`^Benchmark${name}\\S*\\s+\\d+\\s+([\\d.]+) ns/op`, 'gm'))].map(([, ns]) =>
        Number(ns),
      ),
    );
  return [best('Success'), best('Episode') / 2];
}

async function costInRust(): Promise<number[]> {
  const { fileName, text } = generated('step-tracker', 'rust');
  const cwd = codeFolder('bench-tracker-rust', {
    'Cargo.toml': '[package]\nname = "orders"\nversion = "0.1.0"\nedition = "2021"\n',
    'src/lib.rs': `pub mod ${path.basename(fileName, '.rs')};\n`,
    [`src/${fileName}`]: text,
    'src/main.rs': driver('step-tracker', 'rust/step_tracker_cost.rs'),
  });
  const target = path.join(toolsFolder, 'rust-target');
  const { stdout } = await run('cargo', ['run', '--quiet', '--release', '--target-dir', target], { cwd });
  return stdout.trim().split(' ').map(Number);
}
