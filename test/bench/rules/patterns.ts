import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { folder, run, runFolder } from '../../harness/tools';

/** A formula of semgrep: a pattern, or several joined by `any`, `all`, `inside` and `where`. */
const formula = z.union([z.string(), z.record(z.string(), z.unknown())]);

const pattern = z.strictObject({
  rule: z.string(),
  /**
   * For semgrep: expressions for what the text of the file has to hold, all of them; absent: every file is looked at.
   * ast-grep would search the whole text anew at each place, which takes it many times as long as to report the place.
   */
  file: z.array(z.string()).optional(),
  /** A rule object of ast-grep. */
  astGrep: z.record(z.string(), z.unknown()),
  /** What has to be somewhere around it, for ast-grep, which else looks around each place before it looks at the place. */
  within: z.record(z.string(), z.unknown()).optional(),
  /** Any of these. */
  semgrep: z.array(formula),
});

const folderOfPatterns = path.join(import.meta.dirname, 'bare');

/** What the rules look for as bare patterns, in the words of other scanners. A rule may have several. */
export const patterns = ['go', 'js', 'py', 'java'].flatMap((language) =>
  z.array(pattern).parse(parse(readFileSync(path.join(folderOfPatterns, `${language}.yaml`), 'utf8'))),
);

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

/** By the language of a rule: as ast-grep and semgrep call it. */
const dialects: Record<string, { astGrep: string[]; semgrep: string[] }> = {
  go: { astGrep: ['go'], semgrep: ['go'] },
  js: { astGrep: ['typescript', 'tsx', 'javascript'], semgrep: ['typescript', 'javascript'] },
  py: { astGrep: ['python'], semgrep: ['python'] },
  java: { astGrep: ['java'], semgrep: ['java'] },
};

/** Writes the patterns in both notations. */
export async function patternFiles(): Promise<PatternFiles> {
  const work = await mkdtemp(path.join(folder(runFolder), 'patterns-'));
  const files = { astGrep: path.join(work, 'ast-grep.yaml'), semgrep: path.join(work, 'semgrep.yaml') };
  const written = patterns.map((each, index) => {
    const [language = '', name = ''] = each.rule.split('/');
    const dialect = dialects[language];
    if (!dialect) throw new Error(`no scanner is asked about the language of ${each.rule}`);
    return { ...each, dialect, id: `${language}.${name}.${index}` };
  });
  const astGrep = written.flatMap(({ id, rule, dialect, astGrep: shape, within }) =>
    dialect.astGrep.map((language) => ({
      id: `${id}.${language}`,
      language,
      message: rule,
      rule: within ? { all: [shape, { inside: { ...within, stopBy: 'end' } }] } : shape,
    })),
  );
  const semgrep = written.map(({ id, rule, file = [], dialect, semgrep: any }) => ({
    id,
    languages: dialect.semgrep,
    severity: 'WARNING',
    message: rule,
    match: { all: [{ any }, ...file.map((regex) => ({ inside: { regex: `(?s)\\A.*(?-s:${regex}).*` } }))] },
  }));
  await writeFile(files.astGrep, astGrep.map((each) => stringify(each)).join('---\n'));
  await writeFile(files.semgrep, stringify({ rules: semgrep }));
  return files;
}

const printed = { maxBuffer: 512 * 1024 * 1024 };

/** How ast-grep is asked about files or folders; two threads. In short: as JSON it repeats whole lines, of packed scripts too. */
export const astGrepArguments = ({ astGrep }: PatternFiles, paths: readonly string[]): string[] => [
  'scan',
  ...['--rule', astGrep, '--report-style', 'short', '--no-ignore', 'hidden', '--no-ignore', 'vcs', '--threads', '2'],
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
  return [...stdout.matchAll(/^(.+):(\d+):\d+: \w+\[[^\]\n]*\]: (.+)$/gm)].map(([, file = '', line, rule = '']) => ({
    file,
    line: Number(line),
    rule,
  }));
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
