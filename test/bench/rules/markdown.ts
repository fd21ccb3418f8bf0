import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from '../../harness/tools';

const file = path.join(projectRoot, 'bench/RULES.md');

/** The parts of bench/RULES.md in their order: each is written by a run of its own. */
const parts = [
  'labels',
  'linters',
  'random',
  'speed',
  'fuzz',
  'fixes-all',
  'fixes-go',
  'fixes-python',
  'fixes-js',
  'fixes-java',
] as const;

/** A table of Markdown. Figures stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isFigure = head.map((_, column) => rows.every((row) => /^[\d–.]/.test(row[column] ?? '')));
  const lines = [head, isFigure.map((figure) => (figure ? '---:' : '---')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A share as it is shown: `0.83 (10 of 12)`; `–` of nothing. */
export const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${(part / whole).toFixed(2)} (${part} of ${whole})`;

/** Prints a part and keeps it in bench/RULES.md in place of what the last such run has written. */
export async function keep(part: (typeof parts)[number], text: string): Promise<void> {
  console.log(text);
  const before = existsSync(file) ? await readFile(file, 'utf8') : '';
  const kept = parts.map((name) => {
    const [, last] = new RegExp(`<!-- ${name} -->([\\s\\S]*?)<!-- /${name} -->`).exec(before) ?? [];
    const body = name === part ? `\n\n${text}\n\n` : last;
    return body === undefined ? '' : `<!-- ${name} -->${body}<!-- /${name} -->`;
  });
  const head =
    '# Rules about source code\n\nWritten by `npm run bench:rules`. How rules are judged: [docs/rules.md](../docs/rules.md).';
  await mkdir(path.dirname(file), { recursive: true });
  const whole = [head, ...kept.filter((body) => body !== '')].join('\n\n');
  await writeFile(file, await format(whole, { ...(await resolveConfig(file)), filepath: file }));
}
