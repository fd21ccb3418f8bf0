import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { corpusTree, type CorpusTree } from '../../harness/corpusTree';
import { patternScanners } from '../../harness/patternScanners';
import { taken, type Taken } from '../../harness/taken';
import { projectRoot } from '../../harness/tools';
import { median, type Measured } from '../measured';
import { atMost, compared } from '../probed.mjs';
import { table } from './markdown';
import { astGrepArguments, patternFiles, semgrepArguments } from './patterns';

/** Files a second, at least; times of ast-grep, at most; times faster than semgrep, at least; megabytes, at most. */
const promised = { perSecond: 1500, ofAstGrep: 1, ofSemgrep: 12, megabytes: 250 };

/** Files read of each of four languages, at most. Twice as many take semgrep more than four minutes a round. */
const filesOfLanguage = 1250;

/** What a scanner took: medians of whole processes. */
export interface Raced {
  tree: CorpusTree;
  rounds: number;
  of: Record<'ours' | 'ast-grep' | 'semgrep', Taken>;
}

/**
 * Cold scans of the same files by whole processes in turn, two threads each.
 * @param rounds how often; the median counts
 * @param only one language of the corpus, for a small tree
 * @throws {Error} when ast-grep or semgrep cannot be had
 */
export async function raced(rounds: number, only?: string): Promise<Raced> {
  const scanners = await patternScanners();
  if (!scanners.ok) throw new Error(scanners.reason);
  const source = await corpusTree(filesOfLanguage, only);
  const { tree } = source;
  try {
    const patterns = await patternFiles();
    const { astGrep, semgrep } = scanners.value;
    const cli = path.join(projectRoot, 'dist/cli.js');
    const contenders: [name: keyof Raced['of'], program: string, args: string[]][] = [
      ['ours', process.execPath, [cli, 'scan', tree, '--jobs', '2', '--format', 'json']],
      ['ast-grep', astGrep, astGrepArguments(patterns, [tree])],
      ['semgrep', semgrep, semgrepArguments(patterns, [tree])],
    ];
    const env = { ...process.env, SEMGREP_SEND_METRICS: 'off' };
    const seen: Record<keyof Raced['of'], Taken[]> = { ours: [], 'ast-grep': [], semgrep: [] };
    for (let round = 0; round < rounds; round++)
      for (const [name, program, args] of contenders) seen[name].push(await taken(program, args, env));
    const of = { ours: middle(seen.ours), 'ast-grep': middle(seen['ast-grep']), semgrep: middle(seen.semgrep) };
    return { tree: source, rounds, of };
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

/** The rows of a race in the bench's own table. */
export function scanRows({ tree: { files }, of }: Raced): Measured[] {
  const what = `cold scan of ${files.toLocaleString('en-US')} files on two threads`;
  const { ours } = of;
  const perSecond = files / ours.wall;
  return [
    {
      ...{ what: `${what}: files/s`, ours: perSecond, peer: null, ratio: null },
      ...{ budget: `goal ≥ ${promised.perSecond}`, holds: perSecond >= promised.perSecond },
    },
    compared(`${what}, s (peer: ast-grep)`, ours.wall, of['ast-grep'].wall, 1 / promised.ofAstGrep),
    compared(`${what}, s (peer: semgrep)`, ours.wall, of.semgrep.wall, promised.ofSemgrep),
    atMost(`${what}: most memory held, MB`, ours.megabytes, promised.megabytes),
  ];
}

const middle = (all: readonly Taken[]): Taken => ({
  wall: median(all.map(({ wall }) => wall)),
  cpu: median(all.map(({ cpu }) => cpu)),
  megabytes: median(all.map(({ megabytes }) => megabytes)),
});

/** @returns Markdown, and whether what was promised holds */
export function judgement({ tree: { files, bytes, missing }, rounds, of }: Raced): { text: string; holds: boolean } {
  const perSecond = files / of.ours.wall;
  const [ofAstGrep, ofSemgrep] = [of.ours.wall / of['ast-grep'].wall, of.semgrep.wall / of.ours.wall];
  const rows = Object.entries(of).map(([name, { wall, cpu, megabytes }]) => [
    name,
    ...[wall.toFixed(2), cpu.toFixed(2), megabytes.toFixed(0)],
    ...[(files / wall).toFixed(0), (bytes / wall / 1e6).toFixed(1)],
  ]);
  const promises = [
    ['files a second', perSecond.toFixed(0), `≥ ${promised.perSecond}`, perSecond >= promised.perSecond],
    ['times as long as ast-grep', ofAstGrep.toFixed(2), `≤ ${promised.ofAstGrep}`, ofAstGrep <= promised.ofAstGrep],
    ['times as fast as semgrep', ofSemgrep.toFixed(1), `≥ ${promised.ofSemgrep}`, ofSemgrep >= promised.ofSemgrep],
    [
      'most memory held, MB',
      of.ours.megabytes.toFixed(0),
      `≤ ${promised.megabytes}`,
      of.ours.megabytes <= promised.megabytes,
    ],
  ] as const;
  const text = [
    '## Speed',
    `A cold scan of ${files.toLocaleString('en-US')} files (${(bytes / 1e6).toFixed(1)} MB) of the corpus by whole processes in turn, ${rounds} rounds, medians; ${os.availableParallelism()} cores, two threads each. Ours runs all rules, judges what they find and reads the names of queues; the others are asked for the same places by the bare patterns of \`test/bench/rules/bare\`, and judge nothing.`,
    table(['scanner', 'wall, s', 'processor, s', 'memory, MB', 'files/s', 'MB/s'], rows),
    table(
      ['promise', 'measured', 'promised', 'kept'],
      promises.map(([what, measured, least, kept]) => [what, measured, least, kept ? 'yes' : 'no']),
    ),
    ...missing.map((reason) => `Could not be had, so no scanner reads it: ${reason}.`),
  ].join('\n\n');
  return { text, holds: promises.every(([, , , kept]) => kept) };
}
