import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { version } from '../../package.json';
import { scanMarkdown, scanText } from '../hazards/print';
import { failing, inOrder, newSince, ruleIds, sarifOf } from '../hazards/reading';
import { hazardSeverities } from '../model/hazardSeverity';
import { scan as scanSchema, type HazardSeverity, type Scan } from '../model/scan';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { builtEngine } from './scan/builtEngine';
import { fixedFiles, unifiedDiff, writeFixed } from './scan/fix';
import { rootOf, scanPaths } from './scan/paths';
import { exitCodes, UsageError, wholeNumber } from './usage';

interface ScanVerbOptions extends CommonOptions {
  failOn: HazardSeverity | 'none';
  rule: string[];
  baseline?: string;
  fix?: boolean;
  fixDryRun?: boolean;
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
    .description('Places in Go, TypeScript, JavaScript, Python, Java, Rust and C# that can grow without bound')
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(
      new Option('--fail-on <severity>', 'end with 1 from this severity on')
        .choices([...hazardSeverities, 'none'])
        .default('high'),
    )
    .option('--rule <id>', 'only this rule, repeatable', ruleId, [])
    .option('--fix', 'apply the preferred quick fix of each hazard that has one')
    .addOption(new Option('--fix-dry-run', 'print what --fix would change, as a unified diff').conflicts('fix'))
    .option('--baseline <file>', 'leave out what this earlier scan (--format json) already has')
    .option('--jobs <n>', 'threads to scan with', wholeNumber, 2)
    .option('--no-ignore', 'also tests, examples, generated, vendored and git-ignored files');
  addCommonOptions(command, ['text', 'markdown', 'json', 'sarif']).action(
    async (paths: string[], options: ScanVerbOptions) => done(await scanAndTell(paths, options)),
  );
}

/** @returns the exit code */
async function scanAndTell(paths: readonly string[], options: ScanVerbOptions): Promise<number> {
  const output = new Output(options);
  const baseline = options.baseline === undefined ? null : readBaseline(options.baseline);
  const rules = options.rule.length > 0 ? options.rule : ruleIds();
  const scanned = async () => {
    const { scan: whole, together } = await scanPaths(paths, { ...options, rules });
    const scan = baseline ? { ...whole, hazards: inOrder(newSince(baseline, whole.hazards)) } : whole;
    return { whole, scan, together };
  };
  let found = await scanned();
  if (options.fix || options.fixDryRun) {
    const root = rootOf(paths);
    const fixed = await fixedFiles(root, found, builtEngine(), rules);
    const places = fixed.reduce((sum, file) => sum + file.places, 0);
    output.remark(`${options.fix ? 'fixed' : 'would fix'} ${places} in ${fixed.length} files`);
    if (options.fix) {
      writeFixed(root, fixed);
      found = await scanned();
    } else output.result(unifiedDiff(fixed));
  }
  const { whole, scan } = found;
  const known = whole.hazards.length - scan.hazards.length;
  if (known > 0) output.remark(`${known} already in ${options.baseline ?? ''}`);
  if (!options.fixDryRun) output.result(render(scan, paths, options));
  return failing(scan.hazards, options.failOn).length > 0 ? exitCodes.finding : exitCodes.fine;
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
