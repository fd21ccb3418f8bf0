import type { Node } from 'web-tree-sitter';
import type { Growth, Words } from '../../../rule';
import { descendantsOf, lineOf, placeOf } from '../../../syntax';
import { collectionOf, outlives } from './collections';
import type { PythonFile } from '../file';
import { stopName } from '../names';
import { isUnsetByDefault } from '../queues/sizes';

/** `if self.limit and len(self.kept) >= self.limit`, where the limit is None or 0 unless somebody gives one. */
export function keptWithoutSetting(place: Node, file: PythonFile): Growth | null {
  const kept = collectionOf(place);
  const around = file.functionAround(place);
  if (!kept || !around?.owner || /^__init__$/.test(around.name) || stopName.test(around.name)) return null;
  const length = `len(${kept.name})`;
  // It is looked at behind the question whether there is a limit.
  const before = around.owner.text.split(length).slice(0, -1);
  if (!before.some((each) => /\band\s[^]*$/.test(each.slice(-200))) || !outlives(kept, around, file)) return null;
  const measured = descendantsOf(around.owner, 'comparison_operator').filter(
    ({ text }) => text.includes(length) && !/[<>=]=?\s*\d$/.test(text),
  );
  const [vain] = measured;
  if (!vain || !measured.every(isUnsetByDefault)) return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [
      `${placeOf(place)} keeps something with each call of \`${around.name}\``,
      `the limit in \`${vain.text}\` on line ${lineOf(vain)} is not there unless somebody gives one`,
    ],
    turns: [{ place, repeated: around.node }],
    settledEarly: null,
    doubt: `how often \`${around.name}\` is called, and whether whoever makes the object gives a limit`,
  };
}

/** Words of files in which a length is only compared with a limit that is there. */
export const mayBeUnset: Words = {
  test: (text) =>
    // It begins with the rare piece, not with each word of the text.
    / and \(?len\((?<=\b_*(\w+?)(?: is not None| > 0| != 0)? and \(?len\()[\w.]+\) *>=? *[\w.]*\1\b/.test(text) &&
    /=\s*(?:None|0|-1)\s*[,)]/.test(text),
};
