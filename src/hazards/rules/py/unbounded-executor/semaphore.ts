import type { Node } from 'web-tree-sitter';
import { indentOf, linesAbove, newlineOf, statementIn, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { importing } from '../imports';

const limit = 100;
const names = ['slots', 'permits', 'task_slots'];

/** A semaphore made above the loop, taken before each submit and given back when the future is done. */
export function semaphore(place: Node, { turns }: Growth, text: string): Fix | null {
  const loop = turns[0]?.repeated;
  const statement = statementIn(place, ['block']);
  const name = names.find((each) => !new RegExp(`\\b${each}\\b`).test(text));
  const isLoop = loop?.type === 'while_statement' || loop?.type === 'for_statement';
  const bare = statement?.type === 'expression_statement' && place.parent?.id === statement.id;
  if (!isLoop || !bare || !name || /\bfuture\b/.test(text)) return null;
  const made = linesAbove(loop, text, [`${name} = threading.BoundedSemaphore(${limit})`]);
  const taken = linesAbove(statement, text, [`${name}.acquire()`]);
  const added = importing(place, text, 'threading');
  if (!made || !taken || !added) return null;
  const back = `${newlineOf(text)}${indentOf(statement, text)}future.add_done_callback(lambda _: ${name}.release())`;
  return {
    id: 'py/unbounded-executor/semaphore',
    title: `Let at most ${limit} wait or run (threading.BoundedSemaphore)`,
    edits: [
      ...added,
      made,
      taken,
      { start: place.startIndex, end: place.startIndex, text: 'future = ' },
      { start: statement.endIndex, end: statement.endIndex, text: back },
    ],
  };
}
