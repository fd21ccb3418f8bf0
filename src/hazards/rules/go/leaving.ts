import type { Node } from 'web-tree-sitter';
import { closestFunction } from '../../languages/go/calls';
import { partsOf, textIn } from '../../syntax';

/** `return nil, err` in a function whose last result is an error; null: it has none, or an empty value nobody can tell. */
export function returning(around: Node | null, error: string): string | null {
  const results = resultsOf(around);
  const empty = results.slice(0, -1).map(emptyOf);
  return results.at(-1) === 'error' && !empty.includes(null) ? `return ${[...empty, error].join(', ')}` : null;
}

/** The types of what a function returns, without their names. */
export function resultsOf(around: Node | null): string[] {
  const result = around?.childForFieldName('result');
  if (result?.type !== 'parameter_list') return result ? [result.text] : [];
  return partsOf(result).flatMap((each) =>
    (each.childrenForFieldName('name').length > 0 ? each.childrenForFieldName('name') : [each]).map(() =>
      textIn(each, 'type'),
    ),
  );
}

function emptyOf(type: string): string | null {
  if (/^(\*|\[\]|map\[|(<-)?chan\b|func\b|interface\b|any$|error$)/.test(type)) return 'nil';
  if (/^(u?int(8|16|32|64)?|float(32|64)|byte|rune)$/.test(type)) return '0';
  return { string: '""', bool: 'false' }[type] ?? null;
}

/** Leaving a function early there would keep a lock that is given back further below. */
export function holdsLock(place: Node, text: string): boolean {
  const before = text.slice(closestFunction(place)?.startIndex ?? 0, place.startIndex);
  return /\.R?Lock\(\)/.test(before) && !/defer [\w.]+\.R?Unlock\(\)/.test(before);
}
