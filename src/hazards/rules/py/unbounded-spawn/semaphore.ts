import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Edit, type Fix } from '../../../fixes/edits';
import { canAwait, loopTypes, positional } from '../../../languages/py/file';
import type { Growth } from '../../../rule';
import { textIn } from '../../../syntax';
import { atOnce } from '../../atOnce';
import { outermost } from '../../outermost';
import { freeName, givenBack, mayKeepPermit } from '../permits';

const taskNames = ['task', 'started', 'running_task'];

/** A semaphore made above all loops, taken before each task starts and given back when it is done. */
export function semaphore(place: Node, growth: Growth, text: string): Fix | null {
  const limit = atOnce(growth);
  const loop = growth.turns[0]?.repeated;
  const statement = statementIn(place, ['block']);
  const name = freeName(text);
  const task = startedName(place, statement, taskNames.find((each) => !new RegExp(`\\b${each}\\b`).test(text)) ?? null);
  if (!loop || !loopTypes.includes(loop.type) || !statement || name === undefined || !task) return null;
  if (!canAwait(place) || !/^import asyncio$/m.test(text) || startsSeveral(loop)) return null;
  if (mayKeepPermit(place, loop, positional(place)[0])) return null;
  const made = linesAbove(outermost(loop), text, [`${name} = asyncio.Semaphore(${limit})`]);
  const taken = linesAbove(statement, text, [`await ${name}.acquire()`]);
  if (!made || !taken) return null;
  return {
    id: 'py/unbounded-spawn/semaphore',
    title: `Run at most ${limit} at once (asyncio.Semaphore)`,
    edits: [made, taken, ...task.edits, givenBack(statement, text, task.name, name)],
  };
}

/** The kinds of a connection's messages: what one kind waits for may be the next that is read. */
const startsSeveral = (loop: Node) =>
  loop.descendantsOfType('call').filter((each) => starter.test(textIn(each, 'function'))).length > 1;

const starter = /(^|\.)(create_task|ensure_future)$/;

/** The variable that holds the task, made where there is none. */
function startedName(place: Node, statement: Node | null, free: string | null): { name: string; edits: Edit[] } | null {
  if (statement?.type !== 'expression_statement' || !starter.test(textIn(place, 'function'))) return null;
  if (place.parent?.id === statement.id && free !== null)
    return { name: free, edits: [{ start: place.startIndex, end: place.startIndex, text: `${free} = ` }] };
  const held = place.parent?.type === 'assignment' ? place.parent.childForFieldName('left') : null;
  if (place.parent?.parent?.id !== statement.id || held?.type !== 'identifier') return null;
  if (held.text !== '_') return { name: held.text, edits: [] };
  return free === null ? null : { name: free, edits: [{ start: held.startIndex, end: held.endIndex, text: free }] };
}
