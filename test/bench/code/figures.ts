import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from '../../harness/tools';

/**
 * Writes a table into docs/generated-code.md, between the marks of that name.
 * @param head what stands over each column
 * @param rows cells of Markdown; a column of figures alone is set to the right
 * @throws {Error} when the document has no such marks
 */
export async function writeFigures(
  mark: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const file = path.join(projectRoot, 'docs/generated-code.md');
  const isFigure = head.map((_, column) => rows.every((row) => /^[\d.]/.test(row[column] ?? '')));
  const lines = [head, isFigure.map((figure) => (figure ? '---:' : '---')), ...rows];
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const marked = new RegExp(`(<!-- ${mark}:[^>]*-->\\n\\n)[\\s\\S]*?(\\n\\n<!-- end of ${mark} -->)`);
  const text = readFileSync(file, 'utf8');
  if (!marked.test(text)) throw new Error(`${file} has no place for ${mark}`);
  const written = text.replace(marked, (_, before: string, after: string) => `${before}${table}${after}`);
  writeFileSync(file, await format(written, { ...(await resolveConfig(file)), filepath: file }));
}
