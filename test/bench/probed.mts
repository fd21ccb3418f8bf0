import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { Sweep } from '../../src/model/sweep';
import { folder, projectRoot, run, runFolder } from '../harness/tools';
import type { Measured } from './measured';

/** A broker too large for the default buffer of a child process. */
export const roomy = { maxBuffer: 512 * 1024 * 1024 };

export const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

/** What sweepProbe.mjs prints: sweeps of one broker, one after the other, in a process of its own. */
export interface Probe {
  costs: { seconds: number; requests: number; bytes: number; blockMs: number }[];
  peakMegabytes: number;
}

/** Sweeps a broker by its built bundle. @throws when there is no build */
export async function probe(url: string, sweeps: number): Promise<Probe> {
  const config = parseBrokerUrl(url);
  const bundle = path.join(projectRoot, 'dist/brokers', `${config.system.replace('aws_', '')}.js`);
  if (!existsSync(bundle)) throw new Error('run npm run build first');
  const script = path.join(import.meta.dirname, 'sweepProbe.mjs');
  const { stdout } = await run(process.execPath, [script, bundle, JSON.stringify(config), `${sweeps}`], roomy);
  return JSON.parse(stdout) as Probe;
}

/** Runs a program with our source in it as it is packaged, not as the tests load it. @returns the JSON that it prints */
export async function builtProbe<Seen>(program: string, ...args: readonly string[]): Promise<Seen> {
  const outfile = path.join(folder(runFolder), `${path.basename(path.dirname(program))}Probe.mjs`);
  await build({
    ...{ entryPoints: [program], outfile, bundle: true, minify: true },
    ...{ platform: 'node', target: 'node20', format: 'esm', logLevel: 'error' },
    // Drivers that are CommonJS ask for Node's own modules by require.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return JSON.parse((await run(process.execPath, ['--expose-gc', outfile, ...args])).stdout) as Seen;
}

/** One sweep by the command line. */
export async function sweepByCli(url: string): Promise<Sweep> {
  const cli = path.join(projectRoot, 'dist/cli.js');
  const args = ['queues', '--broker', url, '--format', 'json', '--timeout', '30s'];
  return JSON.parse((await run(process.execPath, [cli, ...args], roomy)).stdout) as Sweep;
}

export async function secondsOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
}

/** A row that holds when ours is at least that many times as good as the peer's. */
export const compared = (what: string, ours: number, peer: number, least: number): Measured => ({
  ...{ what, ours, peer, ratio: peer / ours },
  budget: `ratio ≥ ${least}`,
  holds: peer / ours >= least,
});

/** A row that holds up to a budget. @param kind `goal`: of a quiet machine, so missing it fails no run */
export const atMost = (what: string, ours: number, budget: number, kind: 'goal' | 'must' = 'goal'): Measured => ({
  ...{ what, ours, peer: null, ratio: null },
  budget: `${kind === 'goal' ? 'goal ' : ''}≤ ${budget}`,
  holds: ours <= budget,
});

/** A row that holds when every one is right. */
export const everyRight = (what: string, ours: number, all: number): Measured => ({
  ...{ what, ours, peer: null, ratio: null },
  budget: `= ${all}`,
  holds: ours === all,
});
