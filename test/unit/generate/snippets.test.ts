import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { snippetFile, snippetPath } from '../../../scripts/snippets.mjs';
import { codeLanguageNames } from '../../../src/generate/code/kinds';

it.each(codeLanguageNames)('the snippets of %s are made from the templates (npm run snippets)', async (language) => {
  expect(readFileSync(snippetPath(language), 'utf8')).toBe(await snippetFile(language));
});
