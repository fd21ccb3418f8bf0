// How well queues are found in the source of public packages: `npm run bench:references` writes bench/REFERENCES.md.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { labelledPackages, rates, scored, type PackageScore } from '../harness/referenceCorpus';
import { projectRoot } from '../harness/tools';
import { engine } from '../harness/hazardEngine';

const scores: PackageScore[] = [];
for (const wanted of labelledPackages()) scores.push(await scored(wanted, engine));

const share = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(2));
const row = (name: string, of: readonly PackageScore[]) => {
  const { precision, recall } = rates(of);
  const sum = (pick: (score: PackageScore) => number) => of.reduce((all, score) => all + pick(score), 0);
  const found = `${sum((each) => each.right)} of ${sum((each) => each.resolvable)}`;
  const wrong = sum((each) => each.wrong.length);
  return `| ${name} | ${found} | ${wrong} | ${sum((each) => each.open)} | ${share(precision)} | ${share(recall)} |`;
};
const languages = [...new Set(scores.map(({ language }) => language))];
const lines = languages.flatMap((language) => {
  const own = scores.filter((score) => score.language === language);
  return [...own.map((score) => row(`${score.name} ${score.version}`, [score])), row(`**${language}**`, own)];
});
const missed = scores.flatMap((score) => score.missed.map((each) => `- ${score.name}: \`${each}\``));
const text = `# Queues that source names

Written by \`npm run bench:references\`: what is found in example and application folders of public packages, against labels
that were made by reading them (test/corpus/references/packages.yaml). A place counts when line, role, destination and group
are those of the label. "Open" are places that no reader can resolve from the package: naming a queue there would be wrong. The
readers were mended with these packages at hand: on others expect less.

| package | found | wrong | open | precision | recall |
| --- | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}
${row('**all**', scores)}

Missed:

${missed.length === 0 ? 'None.' : missed.join('\n')}
`;
writeFileSync(path.join(projectRoot, 'bench/REFERENCES.md'), text);
console.log(text);
