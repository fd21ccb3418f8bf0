import type { Node } from 'web-tree-sitter';
import { indentOf, type Fix } from '../../../fixes/edits';
import { movedOut } from '../../../fixes/wrapped';
import { argumentsOf, receiverOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { importing } from '../imports';

const limit = 8;

/** `pMap(rows, work, { concurrency: 8 })` instead of `Promise.all(rows.map(work))`: the same results in the same order. */
export function pMap(place: Node, _growth: Growth, text: string): Fix | null {
  const [mapped] = argumentsOf(place);
  const over = mapped && receiverOf(mapped);
  const given = mapped ? argumentsOf(mapped) : [];
  const [work] = given;
  const added = importing(place, text, 'pMap', 'p-map');
  const settled = place.childForFieldName('function')?.text !== 'Promise.all';
  const indent = indentOf(place, text);
  if (!over || !work || given.length > 1 || !added || settled) return null;
  const put = [
    { start: place.startIndex, end: over.startIndex, text: 'pMap(' },
    { start: over.endIndex, end: work.startIndex, text: ', ' },
    { start: work.endIndex, end: place.endIndex, text: `, { concurrency: ${limit} })` },
  ];
  // A comment between them would be lost.
  if (put.some(({ start, end }) => /\/[/*]/.test(text.slice(start, end)))) return null;
  return {
    id: 'js/unbounded-fanout/p-map',
    title: `Run at most ${limit} at once (p-map)`,
    edits: [
      ...added,
      ...[over, work].flatMap((each) => movedOut(each, text, ['template_string'], indentOf(mapped, text), indent)),
      ...put,
    ],
  };
}
