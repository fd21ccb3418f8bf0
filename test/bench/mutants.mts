// `npm run bench:mutants [path …]`: changes the program in one place at a time and looks whether a test notices (Stryker). Prints the changes that no test noticed and keeps the score of each file in bench/MUTANTS.md. Paths are files or globs of src; without one, all that is to be measured.
import { createRequire } from 'node:module';
import path from 'node:path';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import picomatch from 'picomatch';
import { projectRoot } from '../harness/tools';
import { keepScores, type FileScore } from './mutants/kept';

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

interface Room {
  /** The folder of its tests. */
  tests: string;
  /** Tests that are too slow to be run for each change; absent: they are run by vitest, which loads them anew each time. */
  left?: string[];
  /** Globs. */
  mutate: string[];
}

/** The diagnosis, and what decides whether a place in source is a hazard: bounds, growth, turns, suppressions. */
const rooms: Record<string, Room> = {
  'src/diagnose': { tests: 'test/unit/diagnose', mutate: ['src/diagnose/**/*.ts'] },
  'src/hazards': {
    tests: 'test/unit/hazards',
    left: ['corpus', 'references', 'referencesElsewhere'].map((name) => `${name}.test.ts`),
    mutate: ['src/hazards/{engine,suppression,turn}.ts', 'src/hazards/languages/*/{bounds,growth,limiters,turn}.ts'],
  },
};

const asked = process.argv.slice(2);
const versionOf = (name: string) =>
  (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

const byVitest = (dir: string): PartialStrykerOptions => ({
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/bench/mutants/vitest.config.mts', dir, related: false },
  buildCommand: 'ln -s ../../../../../node_modules node_modules',
});

const own = path.join(projectRoot, 'test/bench/mutants/inProcess');
const inProcess = (tests: string, left: readonly string[]): PartialStrykerOptions => ({
  testRunner: 'inProcess',
  plugins: [path.join(own, 'runner.mts')],
  testRunnerNodeArgs: ['--import', 'tsx'],
  inProcess: { tests, left },
  buildCommand: `${process.execPath} --import tsx ${path.join(own, 'linked.mts')}`,
});

/** Runs the tests of a room against every change in some of its files. */
function changed(room: string, { tests, left, mutate }: Room): Promise<MutantResult[]> {
  const folder = `.run/mutants/${path.basename(room)}`;
  return new Stryker({
    mutate,
    ...(left ? inProcess(tests, left) : byVitest(tests)),
    coverageAnalysis: 'perTest',
    // What is computed once when a file is loaded would need a new process for each change.
    ignoreStatic: true,
    // Sentences are compared whole with reports that are kept.
    mutator: { excludedMutations: ['StringLiteral'] },
    incremental: true,
    incrementalFile: `${folder}/incremental.json`,
    tempDirName: `${folder}/sandbox`,
    // Its own search for node_modules reads all tools of the tests.
    symlinkNodeModules: false,
    ignorePatterns: ['**', ...['src', 'test', 'package.json', 'tsconfig.json'].map((kept) => `!${kept}{,/**}`)],
    reporters: ['progress-append-only', 'clear-text', 'json'],
    jsonReporter: { fileName: `${folder}/report.json` },
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
    concurrency: 1,
  }).runMutationTest();
}

const results: MutantResult[] = [];
for (const [name, room] of Object.entries(rooms)) {
  const mutate = asked.length > 0 ? asked.filter((each) => each.startsWith(`${name}/`)) : room.mutate;
  if (mutate.length > 0) results.push(...(await changed(name, { ...room, mutate })));
}

const scores = new Map<string, FileScore>();
const on = new Date().toISOString().slice(0, 10);
const noticed = ['Killed', 'Timeout'];
// Stryker hands in what it remembers of other files too, less the changes of lines that are different now.
const isMeasured = asked.length > 0 ? picomatch(asked) : () => true;
for (const { fileName, status } of results) {
  const file = path.relative(projectRoot, fileName);
  if (!isMeasured(file) || ![...noticed, 'Survived', 'NoCoverage'].includes(status)) continue;
  const { mutants, killed } = scores.get(file) ?? { mutants: 0, killed: 0 };
  scores.set(file, { file, mutants: mutants + 1, killed: killed + Number(noticed.includes(status)), on });
}
const head = `# Changes that the tests notice

Written by \`npm run bench:mutants\`: Stryker ${versionOf('@stryker-mutator/core')} changes one place of a file at a time (an operator, a condition, a block, a call), and the unit tests of the room are run against each change. A change that no test notices survives. Not counted: texts, which reports that are kept compare whole; what is computed once when a file is loaded. Not run: the simulations, which take minutes, so that a score is the least it can be. A file without a row was not measured yet. vitest ${versionOf('vitest')}, node ${process.versions.node}.`;
await keepScores(head, [...scores.values()]);
