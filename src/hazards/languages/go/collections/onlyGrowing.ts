import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf } from '../../../syntax';
import { limitAround } from './collections';
import type { Declarations } from '../declarations';
import type { Put } from './puts';

/** What is put into a collection that only grows, or that keeps what nobody answers. How often, the file does not show. */
export function keptOf(place: Node, file: Declarations): Growth | null {
  const left = file.leftAt(place);
  if (left && hasFewKeys(left, file)) return null;
  if (left)
    return {
      ...growth(left, place, 'where the function gives up waiting, nothing takes it out again'),
      flaw: 'left-running',
    };
  const joined = file.joinedAt(place);
  if (joined) return { ...growth(joined, place, `\`${joined.item}\` is added until its end comes`), unit: 'chunk' };
  const kept = file.keptAt(place);
  const around = file.functionAround(place)?.node.text ?? '';
  if (!kept || limitAround.test(around) || hasFewKeys(kept, file)) return null;
  return growth(kept, place, `nothing in the file takes out of \`${kept.field}\`, or compares how much it holds`);
}

/** `waiting map[uint16]Answer`: there are no more keys than its type has values. */
const hasFewKeys = ({ field }: Put, file: Declarations): boolean =>
  file.says(`\\b${field}\\b[^\\n]*\\bmap\\[(u?int(8|16)|byte|bool)\\]`);

const growth = ({ method: { name } }: Put, place: Node, why: string): Growth => ({
  ...{ unit: 'call', source: name, turns: [], settledEarly: null },
  evidence: [`${placeOf(place)} puts something into it with each call of \`${name}\``, why],
  doubt: `how often \`${name}\` is called`,
});
