import { defineConfig } from 'vitest/config';

/** Tests that read the corpus: too slow to be run for each mutant. */
const slow = ['corpus', 'references*'];

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: slow.map((name) => `**/${name}.test.ts`),
    isolate: false,
    testTimeout: 60_000,
  },
});
