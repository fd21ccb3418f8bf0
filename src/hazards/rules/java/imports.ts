import type { Edit } from '../../fixes/edits';
import { newlineOf } from '../../fixes/edits';

const statement = /^import\s+(static\s+)?([\w.]+(?:\.\*)?)\s*;/gm;

/**
 * Imports of the classes that the file does not know yet, at their places in the order of names; one edit each.
 * @param classes full names, such as `java.util.concurrent.Semaphore`
 * @returns null: another class of the same name is known
 */
export function importsOf(text: string, ...classes: readonly string[]): Edit[] | null {
  const end = newlineOf(text);
  const known = [...text.matchAll(statement)].map(({ index, 1: fixed, 2: name = '', 0: whole }) => ({
    index,
    after: index + whole.length + end.length,
    name,
    fixed: fixed !== undefined,
  }));
  const edits: Edit[] = [];
  for (const wanted of classes) {
    const [packageName, simple] = /^(.*)\.(\w+)$/.exec(wanted)?.slice(1) ?? [];
    if (known.some(({ name }) => name === wanted || name === `${packageName ?? ''}.*`)) continue;
    const taken = known.some(({ name }) => name.endsWith(`.${simple ?? ''}`));
    if (taken || new RegExp(`\\b(class|interface|enum|record)\\s+${simple ?? ''}\\b`).test(text)) return null;
    const plain = known.filter(({ fixed }) => !fixed);
    const above = plain.filter(({ name }) => name < wanted).at(-1);
    const at = above?.after ?? plain[0]?.index ?? known[0]?.index ?? null;
    const line = `import ${wanted};${end}`;
    edits.push(at === null ? first(text, line, end) : { start: at, end: at, text: line });
  }
  return edits;
}

/** The first import of a file: behind its package. */
function first(text: string, line: string, end: string): Edit {
  const named = /^package\s+[\w.]+\s*;[^\n]*\n/m.exec(text);
  const start = named ? named.index + named[0].length : 0;
  return { start, end: start, text: named ? `${end}${line}` : `${line}${end}` };
}
