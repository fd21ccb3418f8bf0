import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import * as z from 'zod';
import { goChecks } from '../../harness/goModule';
import { patternScanners } from '../../harness/patternScanners';
import { pythonCheckers } from '../../harness/pythonCheckers';
import { run } from '../../harness/tools';
import { meets, type ScannedPackage } from './found';
import { inOneTree } from './inOneTree';
import { share, table } from './markdown';
import { byAstGrep, bySemgrep, patternFiles, type Reported } from './patterns';
import { longestCompile, staticcheckOf } from './staticcheck';

/** What others say at the labelled places, as Markdown. Other places in those files do not count: nobody has judged them. */
export async function comparison(packages: readonly ScannedPackage[]): Promise<string> {
  const absent: string[] = [];
  const tell = (reason: string) => absent.push(`- ${reason}`);
  const rows = [rowOf('ours', packages, ours(packages)), ...(await ofPatterns(packages, tell))];
  const linters = [await ofRuff(packages, tell), await ofEslint(packages), await ofStaticcheck(packages, tell)];
  const head = ['scanner', 'hazards found', 'reports that are right', 'false alarms at tricky places'];
  return [
    '## Beside others at the same places',
    'The places of the half that is held out, without those that were judged because our scanner reports them. Bare patterns look for the same places as our rules (`test/bench/rules/bare`), without looking at what makes the count grow and what bounds it.',
    table(head, rows),
    'Linters as they are, with all that they have about correctness switched on: what they say on the line of a place, whatever it is about.',
    table([...head, 'what was said there'], linters.flat()),
    ...(absent.length > 0 ? [`Could not be had:\n\n${absent.join('\n')}`] : []),
  ].join('\n\n');
}

const ours = (packages: readonly ScannedPackage[]): Set<string> =>
  new Set(
    packages.flatMap(({ name, places, found }) =>
      places
        .filter((label) => found.some((each) => meets(each, label)))
        .map(({ file, line }) => `${name} ${file}:${line}`),
    ),
  );

/** @param hits the places that were reported, as `package file:line` */
function rowOf(scanner: string, packages: readonly ScannedPackage[], hits: ReadonlySet<string>): string[] {
  const places = packages.flatMap(({ name, places: of }) =>
    of.map(({ file, line, hazard }) => ({ hazard, seen: hits.has(`${name} ${file}:${line}`) })),
  );
  const [hazards, tricky] = [places.filter(({ hazard }) => hazard), places.filter(({ hazard }) => !hazard)];
  const [right, wrong] = [hazards, tricky].map((of) => of.filter(({ seen }) => seen).length);
  if (right === undefined || wrong === undefined) throw new Error('no places');
  return [scanner, share(right, hazards.length), share(right, right + wrong), `${wrong} of ${tricky.length}`];
}

const inLabelledFiles = (packages: readonly ScannedPackage[]): string[] => [
  ...new Set(packages.flatMap(({ source, places }) => places.map(({ file }) => path.join(source, file)))),
];

/** The places that a report of the same rule speaks about. */
const hitsOf = (packages: readonly ScannedPackage[], reported: readonly Reported[]): Set<string> =>
  new Set(
    packages.flatMap(({ name, source, places }) =>
      places
        .filter(({ file, line, rule }) =>
          reported.some(
            (each) => each.rule === rule && each.file === path.join(source, file) && Math.abs(each.line - line) <= 1,
          ),
        )
        .map(({ file, line }) => `${name} ${file}:${line}`),
    ),
  );

async function ofPatterns(packages: readonly ScannedPackage[], tell: (reason: string) => void): Promise<string[][]> {
  const scanners = await patternScanners();
  if (!scanners.ok) {
    tell(scanners.reason);
    return [];
  }
  const files = await patternFiles();
  const paths = inLabelledFiles(packages);
  const astGrep = await inOneTree(paths, (tree) => byAstGrep(scanners.value.astGrep, files, [tree]));
  const semgrep = await inOneTree(paths, (tree) => bySemgrep(scanners.value.semgrep, files, [tree]));
  return [
    rowOf('ast-grep, bare patterns', packages, hitsOf(packages, astGrep)),
    rowOf('semgrep, bare patterns', packages, hitsOf(packages, semgrep)),
  ];
}

/** The row of a linter over the packages of its language, with what it said and how often. */
function linterRow(scanner: string, packages: readonly ScannedPackage[], reported: readonly Reported[]): string[] {
  const there = packages.flatMap(({ name, source, places }) =>
    places.flatMap(({ file, line }) =>
      reported
        .filter((each) => each.file === path.join(source, file) && each.line === line)
        .map(({ rule }) => ({ place: `${name} ${file}:${line}`, rule })),
    ),
  );
  const counts = new Map<string, number>();
  for (const { rule } of there) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const said = [...counts].sort(([, a], [, b]) => b - a).map(([rule, times]) => `${rule} ${times} ×`);
  return [
    ...rowOf(scanner, packages, new Set(there.map(({ place }) => place))),
    said.slice(0, 6).join(', ') || 'nothing',
  ];
}

const inLanguage = (packages: readonly ScannedPackage[], language: string) =>
  packages.filter((each) => each.language === language);

async function ofRuff(all: readonly ScannedPackage[], tell: (reason: string) => void): Promise<string[][]> {
  const checkers = await pythonCheckers();
  if (!checkers.ok) {
    tell(checkers.reason);
    return [];
  }
  const packages = inLanguage(all, 'python');
  const select = 'RUF,ASYNC,B,PLE,PLW,S,TRY,SIM,PERF';
  const asked = ['check', '--isolated', '--no-cache', '--exit-zero', '--select', select, '--output-format', 'json'];
  const { stdout } = await run(checkers.value.ruff, [...asked, ...inLabelledFiles(packages)], { maxBuffer: 1e9 });
  const found = z.array(
    z.object({ filename: z.string(), code: z.string().nullable(), location: z.object({ row: z.number() }) }),
  );
  const reported = found
    .parse(JSON.parse(stdout))
    .map(({ filename, code, location }) => ({ file: filename, line: location.row, rule: code ?? 'syntax' }));
  return [linterRow('ruff', packages, reported)];
}

/** Without types: those of the packages' own dependencies are not there. */
async function ofEslint(all: readonly ScannedPackage[]): Promise<string[][]> {
  const packages = inLanguage(all, 'javascript');
  const eslint = new ESLint({
    cwd: '/',
    overrideConfigFile: true,
    allowInlineConfig: false,
    ignore: false,
    overrideConfig: [
      { files: ['**/*.js', '**/*.ts'], languageOptions: { parser: tseslint.parser } },
      ...tseslint.configs.strict,
      {
        rules: {
          'no-await-in-loop': 'error',
          'require-atomic-updates': 'error',
          'no-promise-executor-return': 'error',
        },
      },
    ],
  });
  const results = await eslint.lintFiles(inLabelledFiles(packages));
  const reported = results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line }) => ({ file: filePath, line, rule: ruleId ?? 'syntax' })),
  );
  return [linterRow('ESLint with typescript-eslint, strict, without types', packages, reported)];
}

async function ofStaticcheck(all: readonly ScannedPackage[], tell: (reason: string) => void): Promise<string[][]> {
  const checks = await goChecks();
  if (!checks.ok) {
    tell(checks.reason);
    return [];
  }
  const done: ScannedPackage[] = [];
  const reported: Reported[] = [];
  for (const each of inLanguage(all, 'go')) {
    try {
      reported.push(...(await staticcheckOf(checks.value.staticcheck, each)));
      done.push(each);
    } catch {
      tell(`staticcheck on ${each.name}: it did not compile here within ${longestCompile} seconds`);
    }
  }
  return [linterRow('staticcheck, all checks', done, reported)];
}
