import { describe, expect, it } from 'vitest';
import { labelledPackages, languageOf, rates, scored, type PackageScore } from '../harness/referenceCorpus';
import { engine } from '../harness/hazardEngine';

describe('queues that public packages name', () => {
  const packages = labelledPackages();
  const scores: PackageScore[] = [];

  it('are labelled in at least 20 packages of five languages', () => {
    expect(packages.length).toBeGreaterThanOrEqual(20);
    expect(new Set(packages.map(languageOf))).toEqual(new Set(['Go', 'JavaScript', 'Python', 'Rust', 'Java']));
  });

  it.each(packages)('are looked for in $name $version', async (wanted) => {
    const score = await scored(wanted, engine);
    scores.push(score);
    expect(score.resolvable + score.open).toBeGreaterThan(0);
  });

  it('are found with a precision of 0.95 and a recall of 0.80 where the package tells them', () => {
    const { precision, recall } = rates(scores);
    const where = scores.flatMap(({ name, missed, wrong }) => [
      ...missed.map((each) => `${name} misses ${each}`),
      ...wrong.map((each) => `${name} is wrong: ${each}`),
    ]);
    console.log(where.join('\n'));
    expect(scores).toHaveLength(packages.length);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });
});
