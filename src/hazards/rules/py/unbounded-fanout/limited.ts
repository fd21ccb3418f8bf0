import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, stepOf, type Fix } from '../../../fixes/edits';
import { calleeName, canAwait, positional } from '../../../languages/py/file';
import type { Growth } from '../../../rule';

const limit = 8;

/** A semaphore inside what each element runs: all are made, eight run. */
export function limited(place: Node, { turns }: Growth, text: string): Fix | null {
  const comprehension = turns[0]?.place;
  const work = comprehension && workOf(comprehension);
  if (!work || !canAwait(place)) return null;
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

/** The coroutine that each element makes, which a task starts at once; null: something else starts, and no longer waits. */
function workOf(comprehension: Node): Node | null {
  const made = comprehension.childForFieldName('body');
  if (made?.type !== 'call' || /^(run_|submit$)/.test(calleeName(made))) return null;
  if (!/^(create_task|ensure_future)$/.test(calleeName(made))) return made;
  const [work] = positional(made);
  return work?.type === 'call' ? work : null;
}
