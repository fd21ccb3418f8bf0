import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that read the corpus, or try fixes in all examples: too slow to be run for each mutant. */
const slow = ['corpus', 'references*', 'fixes*'];

/** Tests of one part first, as the first that notices ends the run: the examples of all rules take a hundred times as long. */
class SmallFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => Number(moduleId.endsWith('examples.test.ts'));
    return Promise.resolve([...files].sort((a, b) => rank(a) - rank(b)));
  }
}

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: slow.map((name) => `**/${name}.test.ts`),
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: SmallFirst },
  },
});
