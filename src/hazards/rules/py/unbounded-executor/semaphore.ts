import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { calleeName, canAwait, loopTypes } from '../../../languages/py/file';
import type { Growth } from '../../../rule';
import { atOnce } from '../../atOnce';
import { outermost } from '../../outermost';
import { importing } from '../imports';
import { freeName, givenBack, mayKeepPermit } from '../permits';

/**
 * A semaphore made above all loops, taken before each submit and given back when the future is done: other pools hand out
 * something else, and an event loop must not wait so.
 */
export function semaphore(place: Node, growth: Growth, text: string): Fix | null {
  const limit = Math.max(100, atOnce(growth));
  const loop = growth.turns[0]?.repeated;
  const statement = statementIn(place, ['block']);
  const name = freeName(text);
  const bare = statement?.type === 'expression_statement' && place.parent?.id === statement.id;
  if (!loop || !loopTypes.includes(loop.type) || !bare || !name || /\bfuture\b/.test(text)) return null;
  if (calleeName(place) !== 'submit' || canAwait(place) || mayKeepPermit(place, loop, undefined)) return null;
  const made = linesAbove(outermost(loop), text, [`${name} = threading.BoundedSemaphore(${limit})`]);
  const taken = linesAbove(statement, text, [`${name}.acquire()`]);
  const added = importing(place, text, 'threading');
  if (!made || !taken || !added) return null;
  return {
    id: 'py/unbounded-executor/semaphore',
    title: `Let at most ${limit} wait or run (threading.BoundedSemaphore)`,
    edits: [
      ...added,
      made,
      taken,
      { start: place.startIndex, end: place.startIndex, text: 'future = ' },
      givenBack(statement, text, 'future', name),
    ],
  };
}
