// `npm run bench:rules [labels] [linters] [random] [speed] [fuzz] [try]`: measures the rules about source code on public packages, prints it and keeps it in bench/RULES.md. Without a name: labels, linters and random. `speed` needs a build (`npm run build`) and a quiet machine; `try` is one round of it on the Go packages, which is not kept.
import { engine } from '../harness/hazardEngine';
import { scanCorpus } from './rules/found';
import { comparison } from './rules/linters';
import { fuzzed } from './rules/fuzz';
import { keep } from './rules/markdown';
import { randomSample } from './rules/random';
import { scoreOf } from './rules/score';
import { speed } from './rules/speed';

const parts: Record<string, () => Promise<boolean>> = {
  labels,
  linters,
  random,
  fuzz,
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
  await keep('labels', [...halves.map(({ text }) => text), ...absent].join('\n\n'));
  return halves.every(({ holds }) => holds);
}

async function linters(): Promise<boolean> {
  const { packages } = await scanCorpus(engine);
  await keep('linters', await comparison(packages));
  return true;
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

async function fiveRounds(): Promise<boolean> {
  const { text, holds } = await speed(5);
  await keep('speed', text);
  return holds;
}

async function oneRound(): Promise<boolean> {
  console.log((await speed(1, 'go')).text);
  return true;
}
