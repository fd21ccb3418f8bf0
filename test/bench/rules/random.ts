import type { Engine, Found } from '../../../src/hazards/engine';
import { inRandomOrder, randomPackages } from '../../harness/hazardCorpus';
import { packageSource, type Package } from '../../harness/packageSources';
import { foundIn, meets } from './found';
import { share, table } from './markdown';
import { sourceFiles } from './sourceFiles';

/** No more than so many reports are listed: they are judged by hand. */
const wanted = 60;

/** What is reported in packages drawn at random, and how it was judged, as Markdown. */
export async function randomSample(engine: Engine): Promise<string> {
  const { seed, packages, judged } = randomPackages();
  const reports: { from: Package; found: Found }[] = [];
  let files = 0;
  for (const from of packages) {
    const source = await packageSource(from);
    if (!source.ok) throw new Error(source.reason);
    const read = sourceFiles(source.value);
    files += read.length;
    reports.push(...(await foundIn(engine, source.value, read)).map((found) => ({ from, found })));
  }
  // Diagnostics first: they are what a user is shown without asking.
  const ordered = inRandomOrder(reports, seed).sort((a, b) => rank(a.found) - rank(b.found));
  const rows = ordered.slice(0, wanted).map(({ from, found }) => {
    const label = judged.find((each) => each.package === from.name && meets(found, each));
    return { from, found, label: label ?? null };
  });
  const known = rows.flatMap(({ label }) => label ?? []);
  const right = known.filter(({ hazard }) => hazard).length;
  const counted = (level: Found['level']): [number, number] => {
    const of = rows.flatMap(({ found, label }) => (found.level === level && label ? [label] : []));
    return [of.filter(({ hazard }) => hazard).length, of.length];
  };
  const list = rows.map(({ from, found, label }) => [
    label === null ? 'not judged' : label.hazard ? 'right' : 'wrong',
    `${found.severity}, ${found.level}`,
    `\`${found.rule}\``,
    `${from.name} ${from.version} \`${found.path}:${found.line}\``,
    label?.reason ?? '',
  ]);
  return [
    `## Packages drawn at random`,
    `${packages.length} packages, drawn by the seed ${seed} from the list in \`test/corpus/random.yaml\`: ${packages.map(({ name, version }) => `${name} ${version}`).join(', ')}. ${files.toLocaleString('en-US')} files, ${reports.length} reports, of them ${reports.filter(({ found }) => found.level === 'diagnostic').length} diagnostics.`,
    `Right: **${share(right, known.length)}** of those judged by hand, diagnostics first. Of the diagnostics alone ${share(...counted('diagnostic'))}, of the hints ${share(...counted('hint'))}.`,
    table(['judged', 'reported as', 'rule', 'place', 'reason'], list),
  ].join('\n\n');
}

const rank = ({ level }: Found) => (level === 'diagnostic' ? 0 : 1);
