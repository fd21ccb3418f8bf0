import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { folder, run, runFolder } from '../../harness/tools';

const pattern = z.strictObject({
  rule: z.string(),
  language: z.enum(['go', 'typescript', 'python', 'java']),
  /** A rule object of ast-grep. */
  astGrep: z.record(z.string(), z.unknown()),
  /** Patterns of semgrep: any of them. */
  semgrep: z.array(z.string()),
  /** What has to be around it, for semgrep. */
  inside: z.string().optional(),
});

/** What the rules look for as bare patterns, in the words of other scanners. */
const patterns = z.array(pattern).parse(parse(readFileSync(path.join(import.meta.dirname, 'patterns.yaml'), 'utf8')));

/** Files of rules, one for each scanner. */
export interface PatternFiles {
  astGrep: string;
  semgrep: string;
}

/** A place that a scanner reports. */
export interface Reported {
  /** Absolute. */
  file: string;
  /** From 1. */
  line: number;
  rule: string;
}

const dialects = { go: ['go'], python: ['python'], java: ['java'], typescript: ['typescript', 'tsx', 'javascript'] };

/** Writes the patterns in both notations. */
export async function patternFiles(): Promise<PatternFiles> {
  const work = await mkdtemp(path.join(folder(runFolder), 'patterns-'));
  const files = { astGrep: path.join(work, 'ast-grep.yaml'), semgrep: path.join(work, 'semgrep.yaml') };
  const astGrep = patterns.flatMap(({ rule, language, astGrep: shape }) =>
    dialects[language].map((dialect) => stringify({ id: `${rule}-${dialect}`, language: dialect, rule: shape })),
  );
  const semgrep = patterns.map(({ rule, language, semgrep: any, inside }) => ({
    id: rule.replace('/', '.'),
    languages: language === 'typescript' ? ['typescript', 'javascript'] : [language],
    severity: 'WARNING',
    message: rule,
    patterns: [
      { 'pattern-either': any.map((each) => ({ pattern: each })) },
      ...(inside ? [{ 'pattern-inside': inside }] : []),
    ],
  }));
  await writeFile(files.astGrep, astGrep.join('---\n'));
  await writeFile(files.semgrep, stringify({ rules: semgrep }));
  return files;
}

const printed = { maxBuffer: 512 * 1024 * 1024 };

/** How ast-grep is asked about files or folders; two threads. */
export const astGrepArguments = ({ astGrep }: PatternFiles, paths: readonly string[]): string[] => [
  'scan',
  ...['--rule', astGrep, '--json=stream', '--no-ignore', 'hidden', '--no-ignore', 'vcs', '--threads', '2'],
  ...paths,
];

/** How semgrep is asked about files or folders; two jobs. */
export const semgrepArguments = ({ semgrep }: PatternFiles, paths: readonly string[]): string[] => [
  'scan',
  ...['--config', semgrep, '--json', '--quiet', '--metrics', 'off', '--disable-version-check', '--no-git-ignore'],
  ...['--jobs', '2', '--max-target-bytes', '0'],
  ...paths,
];

/** What ast-grep reports. */
export async function byAstGrep(program: string, files: PatternFiles, paths: readonly string[]): Promise<Reported[]> {
  const { stdout } = await run(program, astGrepArguments(files, paths), printed);
  const found = z.object({
    file: z.string(),
    ruleId: z.string(),
    range: z.object({ start: z.object({ line: z.number() }) }),
  });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => found.parse(JSON.parse(line)))
    .map(({ file, ruleId, range }) => ({ file, line: range.start.line + 1, rule: ruleId.replace(/-[a-z]+$/, '') }));
}

/** What semgrep reports. */
export async function bySemgrep(program: string, files: PatternFiles, paths: readonly string[]): Promise<Reported[]> {
  const { stdout } = await run(program, semgrepArguments(files, paths), printed);
  const found = z.object({
    results: z.array(
      z.object({ path: z.string(), start: z.object({ line: z.number() }), extra: z.object({ message: z.string() }) }),
    ),
  });
  return found
    .parse(JSON.parse(stdout))
    .results.map(({ path: file, start, extra }) => ({ file, line: start.line, rule: extra.message }));
}
