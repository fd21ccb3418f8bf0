import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { lineOf, oneLine } from '../../../syntax';
import { argumentsOf, type SourceFile } from '../file';
import { knownAround } from '../arrivals/given';
import { isOfProgram } from '../collections/everNew';
import { isFew } from './handedMany';

/** Words of a file that may start a callback for each element of a list, with no limit (`eachLimit` has one). */
export const mayEachAtOnce = /\b[aA]sync\.(each|forEach|eachOf|forEachOf|map|mapValues|filter|concat)\((?!\s*\[)/;

/** `async.map(devices, register, done)` of the package `async`: starts all elements of what is no list in the code. */
export function eachAtOnce(place: Node, file: SourceFile): Growth | null {
  const [over, work, ...others] = argumentsOf(place);
  if (!over || !work || others.length > 1 || /^(array|object|string)$/.test(over.type)) return null;
  if (!file.importsAny(/^(neo-)?async(\/|$)/)) return null;
  const around = knownAround(place, file);
  const name = /([\w$]+)\W*$/.exec(over.text)?.[1] ?? '';
  if (!around || runsSeldom(around.name.replace(/^un(?=[a-z])/, '')) || isOfProgram(name)) return null;
  if (isFew(over) || /payload/i.test(name)) return null;
  return {
    unit: 'element',
    source: oneLine(over),
    evidence: [
      `\`${oneLine(place.childForFieldName('function') ?? place)}\` on line ${lineOf(place)} starts all of \`${oneLine(over)}\` at once`,
    ],
    turns: [{ place, repeated: place }],
    settledEarly: null,
    doubt: `how long \`${oneLine(over)}\` can be`,
  };
}
