import { describe, expect, it } from 'vitest';
import { corpusLanguages, corpusOf } from '../../harness/hazardCorpus';

const packages = corpusLanguages().flatMap(corpusOf);
const places = packages.flatMap((each) => each.places);

describe('the labelled corpus', () => {
  it('has at least 40 hazards and 60 places that only look like one, in four languages', () => {
    expect(places.filter(({ hazard }) => hazard).length).toBeGreaterThanOrEqual(40);
    expect(places.filter(({ hazard }) => !hazard).length).toBeGreaterThanOrEqual(60);
    expect(new Set(places.map(({ rule }) => rule.split('/')[0]))).toEqual(new Set(['go', 'js', 'py', 'java']));
  });

  it('has hazards of every language in both halves', () => {
    for (const language of corpusLanguages()) {
      for (const half of ['develop', 'held-out'])
        expect(
          corpusOf(language).some((each) => each.half === half && each.places.some(({ hazard }) => hazard)),
          `${language}, ${half}`,
        ).toBe(true);
    }
  });

  it('judges no place twice', () => {
    const keys = packages.flatMap((each) =>
      each.places.map(({ file, line, rule }) => `${each.name} ${file}:${line} ${rule}`),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
