import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CodeLanguage } from '../../src/generate/code/kinds';
import { templatePath, writeCode, type CodeOptions } from '../../src/generate/code/render';
import { folder, projectRoot, runFolder } from './tools';

/** Under which name texts are generated for tests: not the one that their templates have. */
export const generatedName = 'OrderJobs';

/** A text as `scaffold` would write it. */
export function generated(
  kind: string,
  language: CodeLanguage,
  { form = null, name = generatedName, concurrency = null }: { form?: string | null } & Partial<CodeOptions> = {},
): { text: string; fileName: string } {
  const place = path.join(projectRoot, 'src/generate/code/templates', templatePath(kind, language, form));
  return writeCode(readFileSync(place, 'utf8'), kind, language, { name, concurrency });
}

/** An empty folder of this run with files in it, by their paths in it. */
export function codeFolder(name: string, files: Readonly<Record<string, string>>): string {
  const made = folder(runFolder, 'code', name);
  for (const [file, text] of Object.entries(files)) {
    folder(made, path.dirname(file));
    writeFileSync(path.join(made, file), text);
  }
  return made;
}
