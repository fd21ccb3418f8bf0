import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../../../../src/hazards/rule';
import { mavenJars } from '../../../harness/maven';
import { toldOnce } from '../../../harness/newErrors';
import type { Package } from '../../../harness/packageSources';
import { pythonCheckers } from '../../../harness/pythonCheckers';
import { projectRoot, run, runFolder } from '../../../harness/tools';
import { typeErrorsOf } from '../../../harness/typescript';
import { Uncompilable } from './uncompilable';

/** What a compiler says against a file of the package in its folder, a line each. */
export type ErrorsIn = (file: string) => Promise<string[]>;

/** The compiler of a registry's language. */
export interface Compiler {
  /** As the report names it. */
  title: string;
  language: string;
  registry: Package['registry'];
  /** What it compiles: a package may hold files of other languages. */
  compiles: readonly Language[];
  /**
   * Brings what the package needs to be compiled in the copy of it.
   * @param texts the files that are to be compiled
   */
  prepare(from: Package, copy: string, texts: readonly string[]): Promise<ErrorsIn>;
}

/** Modules that a package names are downloaded by the client itself. */
export const go: Compiler = {
  title: '`go vet` of the package, with its modules',
  language: 'Go',
  registry: 'go',
  compiles: ['go'],
  prepare: (_from, copy) =>
    Promise.resolve(async (file) => {
      const said = await problems('go', ['vet', '-mod=mod', `./${path.dirname(file)}`], copy, isOfGo);
      const lacking = said.find((line) => / fatal error: .*\.h: No such file/.test(line));
      if (lacking !== undefined) throw new Uncompilable(lacking);
      return said;
    }),
};

const isOfGo = (line: string) => !line.startsWith('#');

/** Without the packages that it imports, whose names count as untyped; `mypy` looks into functions that are typed. */
export const python: Compiler = {
  title: '`py_compile`, `ruff` (all names are known and used) and, where functions are typed, `mypy`',
  language: 'Python',
  registry: 'pypi',
  compiles: ['python'],
  async prepare(_from, copy) {
    const checkers = await pythonCheckers();
    if (!checkers.ok) throw new Error(checkers.reason);
    const { mypy, ruff } = checkers.value;
    const silent = ['--follow-imports=silent', '--no-error-summary', '--hide-error-context'];
    const loose = ['--ignore-missing-imports', '--explicit-package-bases'];
    const names = ['check', '--isolated', '--no-cache', '--select', 'F', '--output-format', 'concise'];
    const cache = ['--cache-dir', path.join(runFolder, 'mypy', path.basename(copy))];
    return async (file) => [
      ...(await problems('python3', ['-m', 'py_compile', file], copy, () => true)),
      ...(await problems(ruff, [...names, file], copy, (line) => / F\d+ /.test(line))),
      ...(await problems(mypy, [...silent, ...loose, ...cache, file], copy, (line) => line.includes(': error:'))),
    ];
  },
};

/** With what the package depends on, as far as npm can bring it; none of its scripts is run. */
export const npm: Compiler = {
  title: '`tsc` (strict; JavaScript with `checkJs`), with the packages that it depends on',
  language: 'TypeScript/JavaScript',
  registry: 'npm',
  compiles: ['typescript', 'tsx', 'javascript'],
  async prepare(_from, copy, texts) {
    const quiet = [
      '--ignore-scripts',
      '--save-prod',
      '--omit=dev',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
    ];
    // What cannot be had is an error of the file before the fix as after it.
    await problems('npm', ['install', ...quiet, ...developedWith(copy, texts)], copy, () => true);
    return (file) => {
      const errors = typeErrorsOf(path.join(copy, file));
      // What a file of JavaScript cannot declare is missed at each use of it.
      return Promise.resolve(/\.[cm]?jsx?$/.test(file) ? toldOnce(errors) : errors);
    };
  },
};

/** What a package only has while it is developed, as far as the files import it or it is the types of something. */
function developedWith(folder: string, texts: readonly string[]): string[] {
  const own = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const known = Object.entries((own.devDependencies ?? {}) as Record<string, string>);
  const isNeeded = (name: string) =>
    name.startsWith('@types/') || texts.some((text) => new RegExp(`['"]${name}['"/]`).test(text));
  return known.flatMap(([name, range]) => (isNeeded(name) && /^[\^~\d]/.test(range) ? `${name}@${range}` : []));
}

/** With its own jar and those that its POM names. */
export const maven: Compiler = {
  title: '`javac`, with the jars that its POM names',
  language: 'Java',
  registry: 'maven',
  compiles: ['java'],
  async prepare({ name, version }, copy) {
    const folder = await mavenJars(`compiled-${name.replace(':', '+')}@${version}`, [`${name}:${version}`]);
    const jars = readdirSync(folder).map((jar) => path.join(folder, jar));
    const driver = path.join(projectRoot, 'test/code/drivers/java/CompileEach.java');
    return (file) => problems('java', [driver, jars.join(path.delimiter), file], copy, () => true);
  },
};

/** Runs a compiler. @returns those of its lines that are wanted; of one that fails without such a line its first */
async function problems(
  program: string,
  args: string[],
  cwd: string,
  wanted: (line: string) => boolean,
): Promise<string[]> {
  try {
    const { stdout } = await run(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
    return stdout.split('\n').filter((line) => line.trim() !== '' && wanted(line));
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
    const said = lines.filter(wanted);
    return said.length > 0 ? said : [`${program} failed: ${lines[0] ?? String(error)}`];
  }
}
