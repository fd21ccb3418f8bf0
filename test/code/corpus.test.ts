import { describe, expect, it } from 'vitest';
import { corpusLanguages, corpusOf, slipped } from '../harness/hazardCorpus';
import { packageSource } from '../harness/packageSources';

describe('the labelled corpus', () => {
  it.each(corpusLanguages())('of %s stands where the published source has it', async (language) => {
    const [judgedMost] = corpusOf(language).sort((a, b) => b.places.length - a.places.length);
    if (!judgedMost) throw new Error('no package');
    const source = await packageSource(judgedMost);
    if (!source.ok) throw new Error(source.reason);
    expect(slipped(judgedMost, source.value)).toEqual([]);
  });
});
