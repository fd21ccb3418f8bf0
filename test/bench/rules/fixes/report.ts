import { cp, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../../../src/hazards/engine';
import { folder, runFolder } from '../../../harness/tools';
import { table } from '../markdown';
import { candidatesOf, type Candidate } from './candidates';
import type { Compiler, ErrorsIn } from './compilers';
import { judgedFile, type JudgedFile } from './judged';
import { Uncompilable } from './uncompilable';

/** Files of each language that have to be fixed so. */
const least = 10;

/**
 * Applies the preferred fix of each report in files of a language's public packages, and has the result compiled.
 * @returns a report as Markdown, and whether every file compiles as before, parses and does not change a second time
 */
export async function fixedFiles(engine: Engine, compiler: Compiler): Promise<{ text: string; holds: boolean }> {
  const { files, missing } = await candidatesOf(engine, compiler);
  const unprepared: string[] = [];
  const judged = await allJudged(engine, files, compiler, (reason) => unprepared.push(reason));
  const failures = judged.flatMap(told);
  const places = judged.reduce((sum, each) => sum + each.places, 0);
  const text = [
    `## Quick fixes in public files: ${compiler.language}`,
    `The preferred fix of every report in ${judged.length} files (${least} are promised) of ${packagesOf(judged.map(({ file }) => file)).length} packages, ${places} places, judged by ${compiler.title}. A file passes when the compiler has nothing against it that it had not before, when it parses, and when a second time changes nothing. ${judged.filter(({ clean }) => clean).length} of the fixed files compile without any error.`,
    tableOf(judged),
    ...(failures.length > 0 ? [`Failures:\n\n${failures.join('\n')}`] : []),
    `Files: ${judged.map(({ file }) => placeOf(file)).join(', ')}.`,
    ...[...missing, ...unprepared].map((reason) => `Could not be had: ${reason}.`),
  ].join('\n\n');
  return { text, holds: judged.length >= least && failures.length === 0 };
}

/** @param leaveOut told of each package that nothing can compile here, as what it depends on cannot be had */
async function allJudged(
  engine: Engine,
  files: readonly Candidate[],
  compiler: Compiler,
  leaveOut: (reason: string) => void,
): Promise<JudgedFile[]> {
  const judged: JudgedFile[] = [];
  for (const source of packagesOf(files)) {
    const own = files.filter((each) => each.source === source);
    const work = await mkdtemp(path.join(folder(runFolder), 'fixed-'));
    const copy = path.join(work, 'package');
    try {
      await cp(source, copy, { recursive: true });
      const errorsIn = await preparedIn(copy, own, compiler, leaveOut);
      if (!errorsIn) continue;
      for (const file of own) {
        const verdict = await judgedFile(engine, file, copy, errorsIn);
        console.log([placeOf(file), verdict.clean ? 'no error' : 'errors as before', ...verdict.failures].join(', '));
        judged.push(verdict);
      }
    } catch (error) {
      if (!(error instanceof Uncompilable)) throw error;
      leaveOut(`${own[0]?.from.name} ${own[0]?.from.version}: ${error.message}`);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return judged;
}

async function preparedIn(
  copy: string,
  files: readonly Candidate[],
  compiler: Compiler,
  leaveOut: (reason: string) => void,
): Promise<ErrorsIn | null> {
  const [first] = files;
  if (!first) return null;
  try {
    return await compiler.prepare(
      first.from,
      copy,
      files.map(({ text }) => text),
    );
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    leaveOut(
      `${first.from.name} ${first.from.version}: ${/Could not (?:find|resolve|transfer)[^\n]{0,160}/.exec(said)?.[0].replace(/ (?:was|in|from) .*/, '') ?? said.slice(0, 160)}`,
    );
    return null;
  }
}

const packagesOf = (files: readonly Candidate[]) => [...new Set(files.map(({ source }) => source))];

/** How many files hold, for each fix and for all together. A file with several fixes counts for each of them. */
function tableOf(judged: readonly JudgedFile[]): string {
  const ids = [...new Set(judged.flatMap(({ file }) => file.fixes))].sort();
  const row = (title: string, of: readonly JudgedFile[]) => {
    const count = (holds: (each: JudgedFile) => boolean) => `${of.filter(holds).length} of ${of.length}`;
    return [
      ...[title, String(of.length), count(({ compiles }) => compiles)],
      ...[count(({ parses }) => parses), count(({ idempotent }) => idempotent)],
    ];
  };
  return table(
    ['fix', 'files', 'compile as before', 'parse', 'unchanged a second time'],
    [
      ...ids.map((id) =>
        row(
          `\`${id}\``,
          judged.filter(({ file }) => file.fixes.includes(id)),
        ),
      ),
      row('all', judged),
    ],
  );
}

const placeOf = ({ from, file }: Candidate) => `${from.name} ${from.version} \`${file}\``;

const told = ({ file, failures }: JudgedFile) =>
  failures.map((failure) => `- ${placeOf(file)} (${[...new Set(file.fixes)].join(', ')}): ${failure}`);
