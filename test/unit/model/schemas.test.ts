import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { schemaFiles } from '../../../scripts/schemas.mjs';

it.each(Object.entries(schemaFiles))(
  'media/schemas/%s is what the model says (npm run schemas writes it)',
  (name, text) => {
    expect(readFileSync(path.resolve(import.meta.dirname, '../../../media/schemas', name), 'utf8')).toBe(text);
  },
);
