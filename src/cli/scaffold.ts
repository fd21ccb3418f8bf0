import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { codeLanguageNames, scaffolds, type CodeLanguage } from '../generate/code/kinds';
import {
  CodeError,
  defaultName,
  mostConcurrency,
  templatePath,
  writeCode,
  type WrittenCode,
} from '../generate/code/render';
import { Output } from './output';
import { exitCodes, UsageError, wholeNumber } from './usage';
import { writeWhole } from './wholeFile';

interface ScaffoldFlags {
  language: string;
  name?: string;
  concurrency?: number;
  form?: string;
  package?: string;
  output?: string;
  force?: true;
  quiet?: true;
}

/** `backpressure scaffold KIND`: source text that bounds work, to keep and to change. */
export function addScaffold(program: Command, done: (code: number) => void): void {
  program
    .command('scaffold')
    .description('Source text that bounds work, in the language of your program: yours to keep and to change')
    .argument('<kind>', 'which text')
    .requiredOption('--language <language>', `one of ${codeLanguageNames.join(', ')}`)
    .option('--name <name>', 'what to call it, such as OrderWorkers')
    .option(
      '--concurrency <n>',
      `how many at once where nobody says at run time, up to ${mostConcurrency}`,
      wholeNumber,
    )
    .option('--form <form>', 'another form of it')
    .option('--package <name>', 'package of Go or Java, namespace of C#, that the file belongs to')
    .option('--output <file>', 'write it there, or into that folder, instead of to standard output')
    .option('--force', 'also over a file that is there')
    .option('--quiet', 'say nothing on standard error but errors')
    .addHelpText('after', `\nKinds:\n${kindList}`)
    .action((kind: string, flags: ScaffoldFlags) => {
      const written = write(kind, flags);
      const output = new Output({ ...flags, color: false });
      if (flags.output === undefined) output.result(written.text);
      else {
        const file = freeFile(flags.output, written, flags);
        writeWhole([{ flag: '--output', file, text: written.text }]);
        output.remark(`wrote ${file}`);
      }
      done(exitCodes.fine);
    });
}

/** @throws {UsageError} that names the flag which asks for what there is not */
function write(kind: string, { language, form, name, concurrency, package: of }: ScaffoldFlags): WrittenCode {
  try {
    const template = readTemplate(templatePath(kind, language, form ?? null));
    return writeCode(template, kind, language as CodeLanguage, {
      name: name ?? defaultName(kind),
      concurrency: concurrency ?? null,
      ...(of !== undefined && { package: of }),
    });
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    throw new UsageError(`${error.option === 'kind' ? 'KIND' : `--${error.option}`}: ${error.message}`);
  }
}

/** The build puts templates beside the program. */
const readTemplate = (place: string) => readFileSync(path.join(__dirname, 'templates', place), 'utf8');

/** @throws {UsageError} where a file stands that --force was not given for, or one that its language wants named otherwise */
function freeFile(output: string, { fileName }: WrittenCode, { language, force }: ScaffoldFlags): string {
  const file = stats(output)?.isDirectory() ? path.join(output, fileName) : output;
  if (language === 'java' && path.basename(file) !== fileName)
    throw new UsageError(`--output: Java wants this class in a file named ${fileName}`);
  if (!force && stats(file)?.isFile())
    throw new UsageError(`--output: ${file} is there already; --force writes over it`);
  return file;
}

const stats = (file: string) => statSync(file, { throwIfNoEntry: false });

const kindList = Object.entries(scaffolds)
  .map(([kind, { what, languages, forms }]) => {
    const others = Object.entries(forms ?? {}).map(
      ([language, names]) => `; --form ${names.join(', ')} in ${language}`,
    );
    return `  ${kind.padEnd(14)} ${what}\n${' '.repeat(17)}${languages.join(', ')}${others.join('')}`;
  })
  .join('\n');
