import { applied, newlineOf, type Edit } from '../../fixes/edits';

const statement = /^import\s+(static\s+)?([\w.]+(?:\.\*)?)\s*;[^\n]*\n?/gm;

/** The import of a class or package, with its line. */
interface Import {
  name: string;
  start: number;
  end: number;
}

/**
 * The edits, and those of the imports: of classes that the file does not know yet, at their places in the order of
 * names, and without those whose last use is replaced.
 * @param classes full names, such as `java.util.concurrent.Semaphore`
 * @returns null: another class of the same name is known
 */
export function withImports(text: string, edits: readonly Edit[], ...classes: readonly string[]): Edit[] | null {
  const all = [...text.matchAll(statement)].map(({ index, 0: line, 1: fixed, 2: name = '' }) => {
    return { name, start: index, end: index + line.length, fixed: fixed !== undefined };
  });
  const known = all.filter(({ fixed }) => !fixed);
  const missing = classes.filter((wanted) => !all.some(({ name }) => name === wanted || name === packageOf(wanted)));
  if (missing.some((wanted) => isTaken(simpleOf(wanted), all, text))) return null;
  // One edit for each place: what two put there would have no order.
  const changes = new Map<number, Edit>();
  const change = (at: number, more: (edit: Edit) => Partial<Edit>) => {
    const edit = changes.get(at) ?? { start: at, end: at, text: '' };
    changes.set(at, { ...edit, ...more(edit) });
  };
  for (const { start, end } of unused(known, text, edits)) change(start, () => ({ end }));
  for (const wanted of missing.sort()) {
    const line = `import ${wanted};${newlineOf(text)}`;
    change(placeOf(wanted, known) ?? all[0]?.start ?? behindPackage(text), (edit) => ({ text: edit.text + line }));
  }
  const [made] = changes.values();
  if (made && all.length === 0)
    made.text = made.start === 0 ? made.text + newlineOf(text) : newlineOf(text) + made.text;
  return [...changes.values(), ...edits];
}

const simpleOf = (name: string) => name.split('.').at(-1) ?? '';

const packageOf = (name: string) => name.replace(/\w+$/, '*');

const isTaken = (simple: string, known: readonly Import[], text: string) =>
  known.some(({ name }) => simpleOf(name) === simple) ||
  new RegExp(`\\b(class|interface|enum|record)\\s+${simple}\\b`).test(text);

/** Where the import belongs: among those of its package, else of its organisation, else among all; null: there are none. */
function placeOf(wanted: string, known: readonly Import[]): number | null {
  const beside = [wanted.replace(/\w+$/, ''), wanted.replace(/\..*/, '.'), '']
    .map((start) => known.filter(({ name }) => name.startsWith(start)))
    .find(({ length }) => length > 0);
  return beside?.findLast(({ name }) => name < wanted)?.end ?? beside?.[0]?.start ?? null;
}

/** Imports whose class only the replaced text used. */
function unused(known: readonly Import[], text: string, edits: readonly Edit[]): readonly Import[] {
  const replaced = edits.map(({ start, end }) => text.slice(start, end)).join('\n');
  const left = applied(text, edits);
  const uses = (within: string, name: string) =>
    [...within.matchAll(new RegExp(`\\b${simpleOf(name)}\\b`, 'g'))].length;
  return known.filter(({ name }) => /\w$/.test(name) && uses(replaced, name) > 0 && uses(left, name) === 1);
}

function behindPackage(text: string): number {
  const named = /^package\s+[\w.]+\s*;[^\n]*\n/m.exec(text);
  return named ? named.index + named[0].length : 0;
}
