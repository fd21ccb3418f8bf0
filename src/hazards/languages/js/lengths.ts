import type { Node } from 'web-tree-sitter';
import { partsOf } from '../../syntax';
import { arrayOf, calleeName, escaped, type SourceFile } from './file';

/** A look at how long an array is that is handed over, and what it is compared with. */
interface Look {
  text: string;
  limit: string;
}

/** Does the place make an array longer? */
export const isPush = (place: Node): boolean =>
  /^(push|unshift)$/.test(calleeName((place.type === 'call_expression' ? place : partsOf(place)[0]) ?? place));

/** A limit on the length of an array that is handed over: a comparison, or a setting that is called so. */
export function keptShort(push: Node, file: SourceFile): string | null {
  const look = looksAt(push, file).find(({ limit }) => !isOffUnlessSet(limit, file));
  return look ? `\`${look.text}\` in the file` : null;
}

/** The setting without which the array has no limit, though the code knows one; null: it knows none, or there always is one. */
export function limitUnlessSet(push: Node, file: SourceFile): string | null {
  const looks = looksAt(push, file);
  return looks.every(({ limit }) => isOffUnlessSet(limit, file)) ? (looks[0]?.limit ?? null) : null;
}

function looksAt(push: Node, file: SourceFile): Look[] {
  const own = escaped(/([\w$#]+)(\[[^[\]]*\]|[?!])*$/.exec(arrayOf(push))?.[1] ?? '');
  if (own === '') return [];
  const text = file.classText(push);
  const compared = `(?<![\\w$])${own}(\\[[^\\]]*\\])?[?!]?\\.length\\s*(?:>=?|<=?|===?|-)\\s*(?![01]\\b|[=\\s])(?:[\\w$]+\\.)*(?<limit>[\\w$#]*)`;
  const reversed = `\\b(?<limit>\\w*(max|limit|cap|size|bound)\\w*)\\s*[<>]=?\\s*[\\w.]*\\b${own}\\.length`;
  const named = `\\b(?<limit>max(?!\\w*(http|payload|frame))\\w*(queue|pending|backlog|buffer)\\w*|\\w*(queue|pending|backlog|buffer)_?(limit|max|capacity)\\w*|(?<=[<>]=? (?:[\\w$]+\\.)*)highWaterMark)`;
  return [
    [compared, 'g'],
    [reversed, 'gi'],
    [named, 'gi'],
  ].flatMap(([pattern = '', flags]) =>
    [...text.matchAll(new RegExp(pattern, flags))].map(({ 0: said, groups }) => ({
      text: said,
      limit: groups?.limit ?? '',
    })),
  );
}

/** `if (this.limit && queue.length >= this.limit)`, or a limit of `Infinity`, and nothing gives it a number. */
function isOffUnlessSet(limit: string, file: SourceFile): boolean {
  if (!/[a-z]/.test(limit)) return false;
  const own = `(?<![\\w$])${escaped(limit)}\\b`;
  const optional = `${own}\\)* && |${own}\\s*> (-1|0)\\b|typeof (?:[\\w$]+\\.)*${escaped(limit)}\\b|!(?:[\\w$]+\\.)*${escaped(limit)} \\|\\|`;
  const endless = `${own}['"]?\\s*(=(?!=)|:|\\|\\||\\?\\?)\\s*(Infinity|Number\\.(POSITIVE_INFINITY|MAX_))`;
  return file.says(`${optional}|${endless}`) && !isNumbered(limit, file);
}

/** Is it a number unless somebody says otherwise: `limit: 100`, `options.limit ?? 100`? */
export const isNumbered = (setting: string, file: SourceFile): boolean =>
  file.says(`(?<![\\w$])${escaped(setting)}\\b['"]?\\s*(=(?!=)|:|\\|\\||\\?\\?)[^;\\n]{0,80}?(?<![\\w.])[1-9]`);
