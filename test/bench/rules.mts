// `npm run bench:rules [labels] [linters] [random] [speed] [fuzz] [fixes] [fixes-all] [fixes-go] [fixes-python] [fixes-js] [fixes-java] [try]`: measures the rules about source code on public packages, prints it and keeps it in bench/RULES.md. Without a name: labels, linters and random. `speed` needs a build (`npm run build`) and a quiet machine; `try` is one round of it on the Go packages, which is not kept. `fixes` needs the compiler of each language, or one of them alone; `fixes-all` needs none.
import type { LabelledPlace } from '../harness/hazardCorpus';
import { engine } from '../harness/hazardEngine';
import { patternScanners } from '../harness/patternScanners';
import { scanCorpus } from './rules/found';
import { go, maven, npm, python, type Compiler } from './rules/fixes/compilers';
import { everyFix } from './rules/fixes/everyFix';
import { fixedFiles } from './rules/fixes/report';
import { missedExamples } from './rules/examplesMissed';
import { comparison } from './rules/linters';
import { fuzzed } from './rules/fuzz';
import { keep } from './rules/markdown';
import { randomSample } from './rules/random';
import { scoreOf } from './rules/score';
import { secondReader } from './rules/secondReader';
import { judgement, raced } from './rules/speed';

const parts: Record<string, () => Promise<boolean>> = {
  labels,
  linters,
  random,
  fuzz,
  fixes,
  'fixes-all': allFixes,
  'fixes-go': () => fixesOf('fixes-go', go),
  'fixes-python': () => fixesOf('fixes-python', python),
  'fixes-js': () => fixesOf('fixes-js', npm),
  'fixes-java': () => fixesOf('fixes-java', maven),
  speed: fiveRounds,
  try: oneRound,
};
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : ['labels', 'linters', 'random']) {
  const part = parts[name];
  if (!part) throw new Error(`unknown part ${name}; there are ${Object.keys(parts).join(', ')}`);
  if (!(await part())) process.exitCode = 1;
}

async function labels(): Promise<boolean> {
  const { packages, missing } = await scanCorpus(engine);
  const halves = [scoreOf(packages, 'held-out'), scoreOf(packages, 'develop')];
  const absent = missing.map((reason) => `Could not be had, so it counts for nothing: ${reason}.`);
  await keep('labels', [secondReader(packages), ...halves.map(({ text }) => text), ...absent].join('\n\n'));
  return halves.every(({ holds }) => holds);
}

async function linters(): Promise<boolean> {
  const scanners = await patternScanners();
  const missed = scanners.ok ? await missedExamples(engine, scanners.value) : [];
  for (const each of missed) console.error(each);
  // Hardly anything of ours, and none of the patterns, was written with these places in sight.
  const { packages } = await scanCorpus(engine, 'held-out');
  // What our scanner had judged says nothing about what others find.
  const places = (all: LabelledPlace[]) => all.filter(({ reported }) => reported !== true);
  await keep('linters', await comparison(packages.map((each) => ({ ...each, places: places(each.places) }))));
  return missed.length === 0;
}

async function random(): Promise<boolean> {
  await keep('random', await randomSample(engine));
  return true;
}

async function fuzz(): Promise<boolean> {
  const { text, holds } = await fuzzed(engine);
  await keep('fuzz', text);
  return holds;
}

async function fixes(): Promise<boolean> {
  const all = ['fixes-go', 'fixes-python', 'fixes-js', 'fixes-java'].map((name) => parts[name]);
  let holds = true;
  for (const part of all) holds = (await part?.()) === true && holds;
  return holds;
}

async function allFixes(): Promise<boolean> {
  const { text, holds } = await everyFix(engine);
  await keep('fixes-all', text);
  return holds;
}

async function fixesOf(part: Parameters<typeof keep>[0], compiler: Compiler): Promise<boolean> {
  const { text, holds } = await fixedFiles(engine, compiler);
  await keep(part, text);
  return holds;
}

async function fiveRounds(): Promise<boolean> {
  const { text, holds } = judgement(await raced(5));
  await keep('speed', text);
  return holds;
}

async function oneRound(): Promise<boolean> {
  console.log(judgement(await raced(1, 'go')).text);
  return true;
}
