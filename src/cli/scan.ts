import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { version } from '../../package.json';
import { scanMarkdown, scanText } from '../hazards/print';
import { ruleIds } from '../hazards/rules/all';
import { sarifOf } from '../hazards/sarif';
import { failing, inOrder, newSince, passedByRule, withSettings } from '../hazards/summary';
import { hazardSeverities, scan as scanSchema, type HazardSeverity, type Scan } from '../model/scan';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { Ignored } from './scan/ignored';
import { settingsAbove } from './scan/settingsFile';
import { sized, walk, type Walked } from './scan/walk';
import { scanFiles } from './scan/workers';
import { exitCodes, UsageError, wholeNumber } from './usage';

interface ScanVerbOptions extends CommonOptions {
  failOn: HazardSeverity | 'none';
  rule: string[];
  baseline?: string;
  jobs: number;
  ignore: boolean;
}

const ruleId = (id: string, earlier: string[]): string[] => {
  if (!ruleIds().includes(id))
    throw new InvalidArgumentError(`there is no rule "${id}"; there are ${ruleIds().join(', ')}`);
  return [...earlier, id];
};

/** `backpressure scan`: hazards in source files. */
export function addScan(program: Command, done: (code: number) => void): void {
  const command = program
    .command('scan')
    .description('Places in source code that can grow without bound')
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(
      new Option('--fail-on <severity>', 'end with 1 from this severity on')
        .choices([...hazardSeverities, 'none'])
        .default('high'),
    )
    .option('--rule <id>', 'only this rule, repeatable', ruleId, [])
    .option('--baseline <file>', 'leave out what this earlier scan (--format json) already has')
    .option('--jobs <n>', 'threads to scan with', wholeNumber, 2)
    .option('--no-ignore', 'also tests, examples, generated, vendored and git-ignored files');
  addCommonOptions(command, ['text', 'markdown', 'json', 'sarif']).action(
    async (paths: string[], options: ScanVerbOptions) => {
      const output = new Output(options);
      const baseline = options.baseline === undefined ? null : readBaseline(options.baseline);
      const whole = await scanPaths(paths, options);
      const scan = baseline ? { ...whole, hazards: inOrder(newSince(baseline, whole.hazards)) } : whole;
      const known = whole.hazards.length - scan.hazards.length;
      if (known > 0) output.remark(`${known} already in ${options.baseline ?? ''}`);
      output.result(render(scan, paths, options));
      done(failing(scan.hazards, options.failOn).length > 0 ? exitCodes.finding : exitCodes.fine);
    },
  );
}

async function scanPaths(paths: readonly string[], { rule, jobs, ignore }: ScanVerbOptions): Promise<Scan> {
  const started = performance.now();
  const root = rootOf(paths);
  const settings = settingsAbove(root);
  const ignored = new Ignored(root, { folder: settings.folder, patterns: settings.exclude }, !ignore);
  const only = (rule.length > 0 ? rule : ruleIds()).filter((id) => settings.rules[id] !== 'off');
  const skipped: Scan['skipped'] = [];
  const relative = (file: string) => path.relative(root, file).split(path.sep).join('/');
  const wanted = function* () {
    const seen = new Set<string>();
    for (const each of listed(paths, root, ignored)) {
      if (seen.has(each.file)) continue;
      seen.add(each.file);
      if ('reason' in each) skipped.push({ path: relative(each.file), reason: each.reason });
      else yield each.file;
    }
  };
  const scans = await scanFiles(wanted(), jobs, { root, options: { only, everything: !ignore } });
  for (const { file, skipped: reason } of scans) if (reason !== null) skipped.push({ path: relative(file), reason });
  return {
    version: 1,
    roots: [...paths],
    files: scans.length,
    bytes: scans.reduce((sum, { bytes }) => sum + bytes, 0),
    seconds: (performance.now() - started) / 1000,
    skipped: skipped.sort((a, b) => (a.path < b.path ? -1 : 1)),
    hazards: inOrder(
      withSettings(
        scans.flatMap(({ hazards }) => hazards),
        settings,
      ),
    ),
    passed: passedByRule(scans.flatMap(({ passed }) => passed)),
    references: inOrderOfPlace(scans.flatMap(({ references }) => references)),
  };
}

const inOrderOfPlace = (references: Scan['references']) =>
  references.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));

function* listed(paths: readonly string[], root: string, ignored: Ignored): Generator<Walked> {
  for (const given of paths) {
    const real = realpathSync(given);
    if (statSync(real).isDirectory()) yield* walk(real, root, ignored);
    else yield sized(real);
  }
}

/** The folder that is given, or the nearest one that holds all that is given. @throws {UsageError} for a path that is not there */
function rootOf(paths: readonly string[]): string {
  const folders = paths.map((given) => {
    try {
      const real = realpathSync(given);
      return statSync(real).isDirectory() ? real : path.dirname(real);
    } catch {
      throw new UsageError(`${given}: there is no such file or folder`);
    }
  });
  return folders.reduce((common, folder) => {
    let shared = common;
    while (folder !== shared && !folder.startsWith(shared.endsWith(path.sep) ? shared : shared + path.sep))
      shared = path.dirname(shared);
    return shared;
  });
}

function readBaseline(file: string): Scan {
  try {
    return scanSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.message : 'this is no JSON of a scan';
    throw new UsageError(`--baseline: ${file}: ${why}`);
  }
}

function render(scan: Scan, paths: readonly string[], { format, rule }: ScanVerbOptions): string {
  if (format === 'json') return JSON.stringify(scan, null, 2);
  if (format === 'markdown') return scanMarkdown(scan);
  if (format !== 'sarif') return scanText(scan);
  const prefix = path.relative(process.cwd(), rootOf(paths)).split(path.sep).join('/');
  const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
  const context = {
    version,
    prefix: prefix === '' ? '' : `${prefix}/`,
    rules: rule.length > 0 ? rule : ruleIds(),
    hash,
  };
  return JSON.stringify(sarifOf(scan, context), null, 2);
}
