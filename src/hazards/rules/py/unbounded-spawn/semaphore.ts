import type { Node } from 'web-tree-sitter';
import { indentOf, linesAbove, newlineOf, statementIn, type Edit, type Fix } from '../../../fixes/edits';
import { canAwait } from '../../../languages/py/file';
import type { Growth } from '../../../rule';
import { textIn } from '../../../syntax';
import { atOnce } from '../../atOnce';

const names = ['slots', 'permits', 'task_slots'];
const taskNames = ['task', 'started', 'running_task'];

/** A semaphore made above the loop, taken before each task starts and given back when it is done. */
export function semaphore(place: Node, growth: Growth, text: string): Fix | null {
  const limit = atOnce(growth);
  const loop = growth.turns[0]?.repeated;
  const statement = statementIn(place, ['block']);
  const unused = (candidates: readonly string[]) =>
    candidates.find((each) => !new RegExp(`\\b${each}\\b`).test(text)) ?? null;
  const name = unused(names);
  const task = startedName(place, statement, unused(taskNames));
  const isLoop = loop?.type === 'while_statement' || loop?.type === 'for_statement';
  if (!isLoop || !statement || name === null || !task || !canAwait(place) || !/^import asyncio$/m.test(text))
    return null;
  const made = linesAbove(loop, text, [`${name} = asyncio.Semaphore(${limit})`]);
  const taken = linesAbove(statement, text, [`await ${name}.acquire()`]);
  if (!made || !taken) return null;
  const back = `${newlineOf(text)}${indentOf(statement, text)}${task.name}.add_done_callback(lambda _: ${name}.release())`;
  const given = { start: statement.endIndex, end: statement.endIndex, text: back };
  return {
    id: 'py/unbounded-spawn/semaphore',
    title: `Run at most ${limit} at once (asyncio.Semaphore)`,
    edits: [made, taken, ...task.edits, given],
  };
}

/** The variable that holds the task, made where there is none. */
function startedName(place: Node, statement: Node | null, free: string | null): { name: string; edits: Edit[] } | null {
  const callee = textIn(place, 'function');
  if (statement?.type !== 'expression_statement' || !/(^|\.)(create_task|ensure_future)$/.test(callee)) return null;
  if (place.parent?.id === statement.id && free !== null)
    return { name: free, edits: [{ start: place.startIndex, end: place.startIndex, text: `${free} = ` }] };
  const held = place.parent?.type === 'assignment' ? place.parent.childForFieldName('left') : null;
  return held && place.parent?.parent?.id === statement.id && held.type === 'identifier'
    ? { name: held.text, edits: [] }
    : null;
}
