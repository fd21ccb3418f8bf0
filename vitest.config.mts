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
          // Two cores: files one after the other, so that a measured rate is not another file's load.
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
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
