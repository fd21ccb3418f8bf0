import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, stepOf, type Fix } from '../../../fixes/edits';
import { canAwait } from '../../../languages/py/file';
import type { Growth } from '../../../rule';

const limit = 8;

/** A semaphore inside what each element runs: all are made, eight run. */
export function limited(place: Node, { turns }: Growth, text: string): Fix | null {
  const comprehension = turns[0]?.place;
  const work = comprehension?.childForFieldName('body');
  if (work?.type !== 'call' || !comprehension || !canAwait(place)) return null;
  const made = statementIn(comprehension, ['block']);
  if (/\b(slots|limited)\b/.test(text) || !/^import asyncio$/m.test(text) || !made) return null;
  const step = stepOf(text);
  const above = linesAbove(made, text, [
    `slots = asyncio.Semaphore(${limit})`,
    '',
    'async def limited(work):',
    `${step}async with slots:`,
    `${step}${step}return await work`,
    '',
  ]);
  return (
    above && {
      id: 'py/unbounded-fanout/limited',
      title: `Run at most ${limit} at once (asyncio.Semaphore)`,
      edits: [
        above,
        { start: work.startIndex, end: work.startIndex, text: 'limited(' },
        { start: work.endIndex, end: work.endIndex, text: ')' },
      ],
    }
  );
}
