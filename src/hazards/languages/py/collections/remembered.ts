import type { Node } from 'web-tree-sitter';
import { isKeptFromOutside, isKeptPerItem, type Keeping } from '../../../longLived';
import type { Growth, Words } from '../../../rule';
import { lineOf, oneLine, partsOf } from '../../../syntax';
import { linesNaming } from '../../../words';
import { collectionOf, isMadeEmpty, shortLived } from './collections';
import { argumentsOf, type PythonFile } from '../file';

/** `self.seen.add(url)` of an object that lives long, where nothing in the file takes anything out. */
export function rememberedOf(place: Node, file: PythonFile): Growth | null {
  const kept = collectionOf(place);
  const around = file.functionAround(place);
  const owner = around?.owner?.childForFieldName('name')?.text ?? '';
  if (!kept || !around || !itemOf(place) || isAskedForOnce(place)) return null;
  const names = { owner, method: around.name, field: kept.name.replace(/^self\./, ''), item: itemOf(place) };
  if (shortLived.test(owner) || !isKept({ ...names, shared: owner === '' })) return null;
  if (!isHeld(kept.name, file.text) || isShortened(kept.name, file.text)) return null;
  if (!kept.name.startsWith('self.') && new RegExp(`\\b${kept.name}\\s*(:[^=\\n]*)?=[^=]`).test(around.node.text))
    return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [
      `\`${oneLine(place)}\` on line ${lineOf(place)} keeps something with each call of \`${around.name}\``,
      `nothing in this file takes from \`${kept.name}\``,
    ],
    turns: [{ place, repeated: around.node }],
    settledEarly: null,
    doubt: `how often \`${around.name}\` is called, and with how many different values`,
  };
}

const isKept = (names: Keeping) => isKeptPerItem(names) || isKeptFromOutside(names);

/** What is put in: the arguments, or the key. A number, a constant or a setting of the object is none. */
function itemOf(place: Node): string {
  const [inner] = partsOf(place);
  const key = inner?.type === 'assignment' ? inner.childForFieldName('left')?.childForFieldName('subscript') : null;
  const given = key ? [key] : inner?.type === 'call' ? argumentsOf(inner) : [];
  return given
    .map(({ text }) => text.replace(/(['"])[^'"]*\1/g, ''))
    .join(' ')
    .slice(0, 120);
}

/** `self.seen[None] = …`, `self.seen["all"] = …` */
const isAskedForOnce = (place: Node) =>
  /^(string|integer|none|true|false)$/.test(
    partsOf(place)[0]?.childForFieldName('left')?.childForFieldName('subscript')?.type ?? '',
  );

const inClass = (name: string) =>
  new RegExp(`^[ \\t]+${name}\\s*(:[^=\\n]*)?= *(\\[\\]|\\{\\}|(set|Set|dict|Dict|list|List)\\(\\))`, 'm');

const isHeld = (name: string, text: string): boolean =>
  isMadeEmpty(name, text) || (name.startsWith('self.') && inClass(name.slice('self.'.length)).test(text));

/** Is it emptied, replaced, shortened or looked at for its length anywhere? */
function isShortened(name: string, text: string): boolean {
  const field = name.replace(/^self\./, '').replaceAll('.', '\\.');
  const held = `\\b${field}(\\[[^\\]\\n]*\\])?`;
  const taken = new RegExp(
    `${held}\\.(pop|popleft|popitem|clear|remove|discard|difference_update|intersection_update)\\b|\\bdel [\\w.]*${held}|len\\([\\w.]*${field}\\b[^()]*\\)\\s*[<>=%]|[<>]=?\\s*len\\([\\w.]*${field}\\b|\\b${field}\\s*-=`,
  );
  const set = text.match(new RegExp(`\\b${field}\\b(, [\\w.]+)*\\s*(:[^=\\n]*)?=(?!=)`, 'g')) ?? [];
  return taken.test(text) || set.length > 1;
}

/** Words of files in which an object keeps something of each item. */
export const mayRemember: Words = {
  test(text) {
    for (const { index, 0: call } of text.matchAll(/\.(?:append|extend|add)\(|\] = /g)) {
      const line = text.slice(text.lastIndexOf('\n', index) + 1, index + call.length + 60);
      const shape = /^\s*((?:self\.)?\w+)(?:\[([^\]\n]*)\]\s*=(?!=)|\.(?:append|extend|add)\((.*))/.exec(line);
      if (shape?.[1] === undefined) continue;
      const item = shape[2] ?? shape[3] ?? '';
      const method = /\w*/.exec(text.slice(text.lastIndexOf('def ', index) + 4, index))?.[0] ?? '';
      const at = text.lastIndexOf('\nclass ', index);
      const owner = at < 0 ? '' : (/\w*/.exec(text.slice(at + 7, index))?.[0] ?? '');
      const field = shape[1].replace(/^self\./, '');
      const names = [owner, ''].map((each) => ({ owner: each, method, field, item, shared: each === '' }));
      if (!names.some(isKept)) continue;
      const around = linesNaming(text, field);
      if (isHeld(shape[1], around) && !isShortened(shape[1], around)) return true;
    }
    return false;
  },
};
