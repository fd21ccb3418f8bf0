import { defineConfig } from 'vitest/config';

const inThreads = { pool: 'threads', poolOptions: { threads: { isolate: false } } } as const;

export default defineConfig({
  test: {
    poolOptions: {
      // For the brokers: a server waits more than it works, so two files side by side, each with servers of its own.
      forks: { minForks: 1, maxForks: 2 },
      // Pure code leaves nothing behind, so files share what was loaded: half of the work was loading it anew.
      threads: { minThreads: 2, maxThreads: 2, isolate: false },
    },
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000, ...inThreads } },
      { test: { name: 'simulated', include: ['test/simulated/**/*.test.ts'], testTimeout: 120_000, ...inThreads } },
      { test: { name: 'programs', include: ['test/programs/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'brokers',
          include: ['test/brokers/**/*.test.ts'],
          globalSetup: 'test/brokers/globalSetup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
        },
      },
      {
        test: {
          name: 'code',
          include: ['test/code/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          // One compiler at a time.
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
        },
      },
      {
        test: {
          name: 'page',
          include: ['test/webview/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
        },
      },
    ],
  },
});
