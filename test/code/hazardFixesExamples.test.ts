import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/hazards/rule';
import { readBy } from '../../src/hazards/languages/named';
import { codeFolder } from '../harness/generated';
import { goToolchain } from '../harness/goSources';
import { editedExamples, examplesOf } from '../harness/hazardFixes';
import { newErrors } from '../harness/newErrors';
import { pythonCheckers } from '../harness/pythonCheckers';
import { projectRoot, run } from '../harness/tools';
import { typeErrorsOfEach } from '../harness/typescript';

/** What compilers say about each of the files in a folder, in their order. */
type ErrorsOfEach = (files: readonly string[], cwd: string) => Promise<string[][]>;

/**
 * Edits every example of a language with each of its fixes alone and with all of them.
 * @returns what its compilers say that they did not say before, and how many texts were edited
 */
async function judged(folder: string, errorsOfEach: ErrorsOfEach): Promise<{ added: string[]; edited: number }> {
  const texts: Record<string, string> = {};
  for (const example of examplesOf(folder)) {
    const language = readBy(example.name) as Language;
    Object.assign(texts, await editedExamples(language, [example]));
  }
  const names = Object.keys(texts);
  // Each is a module with a name of its own.
  const files = names.map((name, index) => `example_${index}${path.extname(name)}`);
  const cwd = codeFolder(`fixes-${folder}`, {
    'package.json': '{ "type": "module" }',
    ...Object.fromEntries(files.map((file, at) => [file, texts[names[at] ?? ''] ?? ''])),
  });
  const said = await errorsOfEach(files, cwd);
  const without = said.map((errors) => errors.map((error) => error.replaceAll(/example_\d+/g, 'example')));
  const added = names.flatMap((name, at) => {
    const original = names.indexOf(`as-it-is/${name.split('/').slice(-2).join('/')}`);
    return newErrors(without[original] ?? [], without[at] ?? []).map((error) => `${name}: ${error}`);
  });
  return { added, edited: names.filter((name) => !name.startsWith('as-it-is/')).length };
}

/** The lines that a program prints, by the file that they begin with. */
async function linesOf(program: string, args: string[], files: readonly string[], cwd: string): Promise<string[][]> {
  const said = await run(program, [...args, ...files], { cwd, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: unknown) => error as { stdout: string },
  );
  const lines = said.stdout.split('\n');
  return files.map((file) => lines.filter((line) => line.startsWith(`${file}:`) && !line.includes(': note:')));
}

const go = await goToolchain();
const checkers = await pythonCheckers();

describe('quick fixes in the examples of all rules', () => {
  it.skipIf(!go.ok)('leave Go whose types hold', async () => {
    const driver = path.join(projectRoot, 'test/code/drivers/go/checkEach/main.go');
    const { added, edited } = await judged('go', async (files, cwd) => {
      await run('go', ['build', '-o', 'check', driver], { cwd });
      return linesOf('./check', [], files, cwd);
    });
    expect(added).toEqual([]);
    expect(edited).toBeGreaterThan(examplesOf('go').length + 25);
  });

  it('leave TypeScript and JavaScript that the compiler takes as before', async () => {
    const { added, edited } = await judged('js', (files, cwd) =>
      Promise.resolve(typeErrorsOfEach(files.map((file) => path.join(cwd, file)))),
    );
    expect(added).toEqual([]);
    expect(edited).toBeGreaterThan(examplesOf('js').length + 25);
  });

  it.skipIf(!checkers.ok)('leave Python whose names are known and whose types hold', async () => {
    const { ruff, mypy } = checkers.ok ? checkers.value : { ruff: '', mypy: '' };
    const { added, edited } = await judged('py', async (files, cwd) => {
      const names = ['check', '--isolated', '--no-cache', '--select', 'F', '--output-format', 'concise'];
      const types = ['--ignore-missing-imports', '--no-error-summary', '--hide-error-context'];
      const [named, typed] = [await linesOf(ruff, names, files, cwd), await linesOf(mypy, types, files, cwd)];
      return files.map((_file, at) => [...(named[at] ?? []), ...(typed[at] ?? [])]);
    });
    expect(added).toEqual([]);
    expect(edited).toBeGreaterThan(examplesOf('py').length + 15);
  });
});
