import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'brokers',
          include: ['test/brokers/**/*.test.ts'],
          globalSetup: 'test/brokers/globalSetup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They wait more than they compute. Each worker has servers of its own (globalSetup).
          pool: 'forks',
          poolOptions: { forks: { minForks: 1, maxForks: 2 } },
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
