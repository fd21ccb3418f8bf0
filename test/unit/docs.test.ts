import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { drainSecondsWith, instancesFor } from '../../src/diagnose/capacity';
import { projectRoot } from '../harness/tools';

const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].filter((name) =>
    existsSync(path.join(projectRoot, name)),
  ),
  ...readdirSync(path.join(projectRoot, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const textOf = (page: string) => readFileSync(path.join(projectRoot, page), 'utf8');
const withoutCode = (text: string) => text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** As GitHub and both marketplaces make the anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
const anchorsOf = (page: string) =>
  [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe.each(pages)('%s', (page) => {
  it('links to what there is', () => {
    const links = [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    for (const link of links.filter((each) => !/^https?:/.test(each))) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : path.join(path.dirname(page), decodeURIComponent(file));
      expect(existsSync(path.join(projectRoot, target)), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), link).toContain(anchor);
    }
  });
});

describe('Every line of the threat model', () => {
  const rows = textOf('docs/security.md')
    .split('\n')
    .filter((line) => /^\| (?!who or what|---)/.test(line));

  it('names tests that there are', () => {
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) {
      const held = row.split('|').at(-2) ?? '';
      const groups = [...held.matchAll(/((?:“[^”]+”(?:, )?)+) in \[[^\]]+\]\(\.\.\/([^)]+)\)/g)];
      expect(groups.length, row).toBeGreaterThan(0);
      for (const [, titles = '', file = ''] of groups) {
        for (const [, title = ''] of titles.matchAll(/“([^”]+)”/g))
          expect(textOf(file), `${file}: ${title}`).toContain(title);
      }
    }
  });
});

it('The worked example of the report’s formulas is what the program computes', () => {
  const load = { arrivalRate: 1000, backlog: 60_000, ratePerInstance: 150 };
  const { toDrain, toSustain, instances } = instancesFor(load, 600, 0.7, { partitions: null, maxInstances: null });
  const drains = drainSecondsWith(instances, load);
  expect(textOf('docs/report.md')).toContain(
    `${toDrain} to drain in time, ${toSustain} to run at 70 %; with ${instances} instances it is empty in ${drains} s.`,
  );
});
