import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn } from '../../syntax';
import { arrayOf, calleeName, escaped, isClass, type SourceFile } from './file';

/** A look at how long an array is that is handed over, and what it is compared with. */
interface Look {
  text: string;
  limit: string;
}

/** Does the place make an array longer? */
export const isPush = (place: Node): boolean =>
  /^(push|unshift|enqueue)$/.test(calleeName((place.type === 'call_expression' ? place : partsOf(place)[0]) ?? place));

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
  const name = /([\w$#]+)(\[[^[\]]*\]|[?!])*$/.exec(arrayOf(push))?.[1] ?? '';
  const own = escaped(name);
  if (own === '') return [];
  const owner = file.classAround(push) === null ? null : [...ancestorsOf(push)].find(isClass);
  const [text, from] = owner ? [owner.text, owner.startIndex] : [file.text, 0];
  const compared = `(?<![\\w$])${own}(\\[[^\\]]*\\])?[?!]?\\.length\\s*(?:>=?|<=?|===?|-)\\s*(?![01]\\b|[=\\s])(?:[\\w$]+\\.)*(?<limit>[\\w$#]*)`;
  const reversed = `\\b(?<limit>\\w*(max|limit|cap|size|bound)\\w*)\\s*[<>]=?\\s*[\\w.]*\\b${own}\\.length`;
  const named = `\\b(?<limit>max(?!\\w*(http|payload|frame))\\w*(queue|pending|backlog|buffer)\\w*|\\w*(queue|pending|backlog|buffer)_?(limit|max|capacity)\\w*|(?<=[<>]=? (?:[\\w$]+\\.)*)highWaterMark)`;
  const looks = (pattern: string, flags: string) =>
    [...text.matchAll(new RegExp(pattern, flags))].map(({ 0: said, index, groups }) => ({
      text: said,
      limit: groups?.limit ?? '',
      index: from + index,
    }));
  return [
    ...[...looks(compared, 'g'), ...looks(reversed, 'gi')].filter(({ index }) => isOnTheWay(index, push, file)),
    ...looks(named, 'gi').filter(({ index }) => !isOfOther(name, lineAt(index, file.text))),
  ];
}

const lineAt = (index: number, text: string) =>
  text.slice(text.lastIndexOf('\n', index) + 1, (text.indexOf('\n', index) + 1 || text.length + 1) - 1);

/** Is the length of something else compared on the line? */
const isOfOther = (name: string, line: string): boolean => {
  const other = /([\w$#]+)\.(?:byte)?[lL]ength\b/.exec(line)?.[1];
  return other !== undefined && other !== name;
};

/**
 * Does a look at the length hold back who puts something in? A full batch that starts to be sent does not, where the
 * function may have returned before, or where only the one who sends looks.
 */
function isOnTheWay(index: number, push: Node, file: SourceFile): boolean {
  const around = file.functionAround(push);
  if (!around || index < push.startIndex) return true;
  if (around.startIndex <= index && index < around.endIndex)
    return !/\breturn\b/.test(file.text.slice(push.endIndex, index));
  const leaf = file.root.descendantForIndex(index);
  const check =
    leaf && [...ancestorsOf(leaf)].find(({ type }) => type === 'if_statement' || type === 'statement_block');
  return check?.type !== 'if_statement' || refuses.test(textIn(check, 'consequence'));
}

/** Throws something out, says no, or holds the source. */
const refuses =
  /\b(shift|pop|splice|slice|throw|pause|stop|close|destroy|end|true|false|reject\w*|drop\w*)\b|length = /;

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
