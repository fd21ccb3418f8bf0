import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it, vi } from 'vitest';
import { kafkaMessages, pages } from '../../scripts/docs.mjs';
import { projectRoot } from '../harness/tools';

// One page reads every example of every rule.
vi.setConfig({ testTimeout: 60_000 });

describe('A page that the program makes', () => {
  it.each(Object.entries(pages))(
    '%s says what the program says now (npm run docs)',
    async (name, page) => {
      const file = path.join(projectRoot, 'docs', name);
      const text = await format(await page(), { ...(await resolveConfig(file)), filepath: file });
      await expect(text).toMatchFileSnapshot(file);
      // The verbs are loaded to be asked for their help.
    },
    60_000,
  );

  it('gives each message of Kafka as it is told', () => {
    const told = readFileSync(path.join(projectRoot, 'src/measure/kafka/errors.ts'), 'utf8');
    for (const text of kafkaMessages.flat()) expect(told).toContain(text);
  });
});
