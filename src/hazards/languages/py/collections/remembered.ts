import type { Node } from 'web-tree-sitter';
import { isKeptFromOutside, isKeptPerItem, type Keeping } from '../../../longLived';
import type { Growth, Words } from '../../../rule';
import { partsOf, placeOf } from '../../../syntax';
import { lastBefore, linesNaming } from '../../../words';
import { collectionOf, isMadeEmpty, serving, shortLived } from './collections';
import { argumentsOf, type PythonFile } from '../file';

/** `self.seen.add(url)` of an object that lives long, where nothing in the file takes anything out. */
export function rememberedOf(place: Node, file: PythonFile): Growth | null {
  const kept = collectionOf(place);
  const around = file.functionAround(place);
  const owner = around?.owner?.childForFieldName('name')?.text ?? '';
  if (!kept || !around || !itemOf(place) || isOneOfFew(place) || setsUp.test(around.name)) return null;
  const item = file.importsAny(serving) ? itemOf(place) : itemOf(place).replace(/\b\w*addr\w*/gi, '');
  const names = { owner, method: around.name, field: kept.name.replace(/^self\./, ''), item };
  if (shortLived.test(owner) || searching.test(owner) || !isKept({ ...names, shared: owner === '' })) return null;
  if (!isHeld(kept.name, file.text) || isShortened(kept.name, file.text)) return null;
  if (!kept.name.startsWith('self.') && new RegExp(`\\b${kept.name}\\s*(:[^=\\n]*)?=[^=]`).test(around.node.text))
    return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [
      `${placeOf(place)} keeps something with each call of \`${around.name}\``,
      `nothing in this file takes from \`${kept.name}\``,
    ],
    turns: [{ place, repeated: around.node }],
    settledEarly: null,
    doubt: `how often \`${around.name}\` is called, and with how many different values`,
  };
}

/** A search ends, and who is found answers it; without a network an address is of a device that somebody has. */
const searching = /Discover|Scanner/;

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

/** `self.seen[None] = …`, `self.seen["all"] = …`, and keys of which there are as many as the program has places, kinds or settings. */
function isOneOfFew(place: Node): boolean {
  const [inner] = partsOf(place);
  const key = inner?.childForFieldName('left')?.childForFieldName('subscript');
  if (key && (/^(string|integer|none|true|false)$/.test(key.type) || kindOfMessage.test(key.text))) return true;
  const kept = key ?? (inner?.type === 'call' ? argumentsOf(inner)[0] : undefined);
  return kept !== undefined && few.test(kept.text);
}

/** The object's own field, a constant, a class, a remainder. */
const few =
  /^(self|cls)\.(?!\w*(remote|peer|client))\w+$|(^|\.)[A-Z][A-Z\d]*(_[A-Z\d]+)+$|(^|[._])(cls|class|klass|type|kind)$|%/;

/** As a key it is the name of a kind. */
const kindOfMessage = /^(event|evt|message|msg|command|cmd)(_name)?$/;

/** What a decorator or whoever sets the object up adds. */
const setsUp =
  /^decorator$|^_*(add|append|force)(?![a-z])(?!.*([eE]vent|[mM]essag|[mM]sg|[rR]ecord|[rR]equest|[lL]og|[eE]ntry|[jJ]ob|[pP]acket|[fF]rame|[vV]isit|[sS]een|[rR]esult))/;

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
  return taken.test(text) || set.length > 1 || isEmptiedByAnotherName(field, text);
}

/** `window = self.seen` above `window.clear()` */
const isEmptiedByAnotherName = (field: string, text: string): boolean =>
  [...text.matchAll(new RegExp(`\\b(\\w+) = (?=[^\\n(]*\\b${field}(?![\\w[.(]))`, 'g'))].some(([, name = '']) =>
    new RegExp(`\\b${name}\\.(clear|pop|popleft|popitem|remove|discard)\\(`).test(text),
  );

/** Words of files in which an object keeps something of each item. */
export const mayRemember: Words = {
  test(text) {
    const [definition, declaration] = [lastBefore(text, 'def '), lastBefore(text, '\nclass ')];
    for (const { index, 0: call } of text.matchAll(/\.(?:append|extend|add)\(|\] = /g)) {
      const line = text.slice(text.lastIndexOf('\n', index) + 1, index + call.length + 60);
      const shape = /^\s*((?:self\.)?\w+)(?:\[([^\]\n]*)\]\s*=(?!=)|\.(?:append|extend|add)\((.*))/.exec(line);
      if (shape?.[1] === undefined) continue;
      const item = shape[2] ?? shape[3] ?? '';
      const method = /\w*/.exec(text.slice(definition(index) + 4, index))?.[0] ?? '';
      const at = declaration(index);
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
