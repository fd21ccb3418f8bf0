import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../../../src/hazards/engine';
import { applied, type Fix } from '../../../../src/hazards/fixes/edits';
import { languageOf } from '../../../../src/hazards/languages/named';
import type { Language } from '../../../../src/hazards/rule';
import { packageSource } from '../../../harness/packageSources';
import { table } from '../markdown';
import { sourceFiles } from '../sourceFiles';
import { allPackages } from './candidates';

/** One fix of one report, applied to a public file by itself. */
interface Outcome {
  id: string;
  /** Package, file and line. */
  place: string;
  /** The file has no more parts that cannot be parsed than before. */
  parses: boolean;
  /** The rule has no report at the place any more. */
  bounds: boolean;
}

/**
 * Applies every fix of every report in the public packages, each by itself.
 * @returns a report as Markdown, and whether every result parses and has the place bounded
 */
export async function everyFix(engine: Engine): Promise<{ text: string; holds: boolean }> {
  const outcomes: Outcome[] = [];
  let files = 0;
  const missing: string[] = [];
  for (const from of allPackages()) {
    const source = await packageSource(from);
    if (!source.ok) missing.push(source.reason);
    for (const file of source.ok ? sourceFiles(source.value) : []) {
      const language = languageOf(file);
      if (!source.ok || language === null) continue;
      const text = await readFile(path.join(source.value, file), 'utf8');
      files++;
      outcomes.push(...(await outcomesIn(engine, language, text, file, `${from.name} ${from.version}`)));
    }
  }
  const wrong = outcomes.filter(({ parses, bounds }) => !parses || !bounds);
  const text = [
    '## Every quick fix in public files',
    `Each fix of each report in ${files} files of ${allPackages().length - missing.length} packages, applied by itself: ${outcomes.length} in all. What compilers say of them is told below, for some.`,
    tableOf(outcomes),
    ...(wrong.length > 0
      ? [
          `Failures:\n\n${wrong.map(({ id, place, parses }) => `- ${place} (${id}): ${parses ? 'still reported' : 'does not parse'}`).join('\n')}`,
        ]
      : []),
    ...missing.map((reason) => `Could not be had: ${reason}.`),
  ].join('\n\n');
  return { text, holds: wrong.length === 0 };
}

async function outcomesIn(
  engine: Engine,
  language: Language,
  text: string,
  file: string,
  from: string,
): Promise<Outcome[]> {
  const before = await engine.scanText(language, text, file);
  const fixes = before.hazards.flatMap(({ rule, line, fixes }) => fixes.map((fix) => ({ rule, line, fix })));
  if (fixes.length === 0) return [];
  const { broken } = await engine.scanText(language, text, file, { everything: true });
  const outcomes: Outcome[] = [];
  for (const { rule, line, fix } of fixes) {
    const after = await engine.scanText(language, applied(text, fix.edits), file, { everything: true });
    const now = newLineOf(line, text, fix);
    outcomes.push({
      id: fix.id,
      place: `${from} \`${file}:${line}\``,
      parses: after.broken.length <= broken.length,
      bounds: !after.hazards.some((each) => each.rule === rule && each.line === now),
    });
  }
  return outcomes;
}

/** Where a line is after the edits before it. */
function newLineOf(line: number, text: string, { edits }: Fix): number {
  const start = text.split('\n', line - 1).join('\n').length;
  const lines = (part: string) => part.split('\n').length - 1;
  const above = edits.filter((each) => each.start <= start + 1);
  return above.reduce((sum, edit) => sum + lines(edit.text) - lines(text.slice(edit.start, edit.end)), line);
}

function tableOf(outcomes: readonly Outcome[]): string {
  const row = (title: string, of: readonly Outcome[]) => [
    title,
    String(of.length),
    `${of.filter(({ parses }) => parses).length} of ${of.length}`,
    `${of.filter(({ bounds }) => bounds).length} of ${of.length}`,
  ];
  const ids = [...new Set(outcomes.map(({ id }) => id))].sort();
  const rows = ids.map((id) =>
    row(
      `\`${id}\``,
      outcomes.filter((each) => each.id === id),
    ),
  );
  return table(['fix', 'places', 'parse', 'are not reported any more'], [...rows, row('all', outcomes)]);
}
