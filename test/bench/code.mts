import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { codeFolder, generated, generatedName } from '../harness/generated';
import { pythonTools } from '../harness/pythonTools';
import { folder, projectRoot, run, runFolder, toolsFolder } from '../harness/tools';
import { typescriptModule } from '../harness/typescriptModule';
import { writeFigures } from './code/figures';
import { median, type Measured } from './measured';

/** What a program of test/bench/code prints. */
interface Figures {
  perSecond: number;
  megabytes: number;
}
/** Generated pools of one language and what people use there. */
interface Contest {
  language: string;
  peers: readonly string[];
  items: number;
  /** Whole processes of each contender in turn; the more, the shorter one takes. */
  rounds: number;
  run: (contender: string, items: number, size: number, waitMs: number) => Promise<Figures>;
}
const size = 16;
const source = (name: string) => readFileSync(path.join(projectRoot, 'test/bench/code', name), 'utf8');
const pool = (language: 'go' | 'python') => generated('worker-pool', language);

/** How often as fast as the best of the others a pool has to be. */
const least = 1 / 1.2;

/**
 * The generated worker pools beside the limiters that people use, on items that take no time, so that only the limiter
 * costs, and on items that wait 5 ms; whole processes in turn. Peers are fetched for the bench alone. The ratios are
 * written into docs/generated-code.md too.
 */
export async function benchCode(): Promise<Measured[]> {
  const rows: Measured[] = [];
  const lines: string[][] = [];
  for (const prepare of [contestInGo, contestInTypescript, contestInPython]) {
    const contest = await prepare();
    const [quick, slow] = [await played(contest, contest.items, 0), await played(contest, size * 100, 5)];
    const best = Math.max(...contest.peers.map((peer) => quick(peer).perSecond));
    for (const peer of contest.peers) {
      const [ours, theirs] = [quick('ours'), quick(peer)];
      const speed = ours.perSecond / theirs.perSecond;
      const waiting = slow('ours').perSecond / slow(peer).perSecond;
      const memory = theirs.megabytes / ours.megabytes;
      const title = `${contest.language} pool of ${size}, ${contest.items.toLocaleString('en-US')} items`;
      const isBest = theirs.perSecond === best;
      rows.push({
        ...{
          what: `${title} that take no time: items/s (peer: ${peer})`,
          ours: ours.perSecond,
          peer: theirs.perSecond,
        },
        ...{ ratio: speed, budget: isBest ? 'ratio ≥ 0.83' : '–', holds: !isBest || speed >= least },
      });
      rows.push({
        ...{ what: `${title} that take no time: peak memory, MB (peer: ${peer})`, ours: ours.megabytes },
        ...{ peer: theirs.megabytes, ratio: memory, budget: 'goal ≥ 0.83', holds: memory >= least },
      });
      const megabytes = [ours.megabytes.toFixed(0), theirs.megabytes.toFixed(0)];
      lines.push([contest.language, peer, `${speed.toFixed(2)} ×`, `${waiting.toFixed(2)} ×`, ...megabytes]);
    }
  }
  const others = ['items that take no time', 'items that wait 5 ms', 'memory, MB', 'theirs, MB'];
  await writeFigures('figures', ['language', 'beside', ...others], lines);
  return rows;
}

/** Medians of every contender. */
async function played({ peers, rounds, run: runOne }: Contest, items: number, waitMs: number) {
  const seen = new Map(['ours', ...peers].map((name) => [name, [] as Figures[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, figures] of seen) figures.push(await runOne(name, items, size, waitMs));
  }
  return (name: string): Figures => {
    const figures = seen.get(name) ?? [];
    return {
      perSecond: median(figures.map(({ perSecond }) => perSecond)),
      megabytes: median(figures.map(({ megabytes }) => megabytes)),
    };
  };
}

async function contestInGo(): Promise<Contest> {
  const { fileName, text } = pool('go');
  const cwd = codeFolder('bench-go', {
    'go.mod':
      'module bench\n\ngo 1.25\n\nrequire (\n\tgithub.com/panjf2000/ants/v2 v2.12.1\n\tgithub.com/sourcegraph/conc v0.3.0\n)\n',
    [`orderjobs/${fileName}`]: text,
    'main.go': source('main.go'),
  });
  await run('go', ['mod', 'tidy'], { cwd });
  await run('go', ['build', '-o', 'bench', '.'], { cwd });
  return {
    ...{ language: 'Go', peers: ['ants', 'conc'], items: 500_000, rounds: 15 },
    run: (...given) => printed(path.join(cwd, 'bench'), given.map(String)),
  };
}

async function contestInTypescript(): Promise<Contest> {
  const peers = folder(toolsFolder, 'limiters-npm');
  const wanted = ['p-limit@7.3.3', 'p-queue@9.3.5', 'fastq@1.20.3'];
  if (!existsSync(path.join(peers, 'node_modules/fastq'))) {
    await run('npm', ['install', '--prefix', peers, '--no-audit', '--no-fund', ...wanted], { cwd: peers });
  }
  await typescriptModule('worker-pool');
  const file = `${generatedName.charAt(0).toLowerCase()}${generatedName.slice(1)}.js`;
  const ours = path.join(runFolder, 'code/typescript-worker-pool', file);
  const program = path.join(projectRoot, 'test/bench/code/limiters.mjs');
  return {
    ...{ language: 'TypeScript', peers: ['p-limit', 'p-queue', 'fastq'], items: 200_000, rounds: 5 },
    run: (...given) => printed(process.execPath, [program, ours, peers, ...given.map(String)]),
  };
}

async function contestInPython(): Promise<Contest> {
  const program = await pythonTools('limiters-python', ['aiometer==1.0.0', 'anyio==4.16.0']);
  const { fileName, text } = pool('python');
  const cwd = codeFolder('bench-python', { [fileName]: text, 'limiters.py': source('limiters.py') });
  return {
    ...{ language: 'Python', peers: ['aiometer', 'anyio'], items: 50_000, rounds: 5 },
    run: (...given) => printed(program('python'), [path.join(cwd, 'limiters.py'), ...given.map(String)]),
  };
}

async function printed(command: string, args: readonly string[]): Promise<Figures> {
  const { stdout } = await run(command, [...args]);
  return JSON.parse(stdout) as Figures;
}
