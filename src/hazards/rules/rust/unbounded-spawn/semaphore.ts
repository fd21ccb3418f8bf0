import type { Node } from 'web-tree-sitter';
import { indentOf, linesAbove, newlineOf, statementIn, stepOf, type Edit, type Fix } from '../../../fixes/edits';
import { argumentsOf, pathOf } from '../../../languages/rust/calls';
import { canAwait } from '../../../languages/rust/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { atOnce } from '../../atOnce';
import { outermost } from '../../outermost';
import { holdsLock } from '../locks';

/** What the semaphore, a permit of it and the future that waits for one are called: the first name that the file has not. */
const freeNames = [
  ['slots', 'permits', 'task_slots'],
  ['permit', 'slot', 'task_permit'],
  ['work', 'task', 'limited_task'],
];

/** A semaphore made above all loops, whose permit is taken before each task starts and moves into it. */
export const semaphore =
  (rule: string) =>
  (place: Node, growth: Growth, text: string): Fix | null => {
    const limit = atOnce(growth);
    const loop = growth.turns[0]?.repeated;
    const statement = statementIn(place, ['block']);
    const above = loop && statementIn(outermost(loop), ['block']);
    const [slots, permit, work] = freeNames.map((names) =>
      names.find((each) => !new RegExp(`\\b${each}\\b`).test(text)),
    );
    if (!loop || !statement || !above || !startsOnTokio(place, loop) || !slots || !permit || !work) return null;
    if (holdsLock(place)) return null;
    const moved = movedInto(place, statement, permit, work, text);
    const made = linesAbove(above, text, [
      `let ${slots} = std::sync::Arc::new(tokio::sync::Semaphore::new(${limit}));`,
    ]);
    const taken = linesAbove(statement, text, [
      `let ${permit} = std::sync::Arc::clone(&${slots}).acquire_owned().await.expect("nobody closes it");`,
      ...(moved?.above ?? []),
    ]);
    if (!made || !taken || !moved) return null;
    const title = `Run at most ${limit} at once (tokio::sync::Semaphore)`;
    return { id: `${rule}/semaphore`, title, edits: [made, taken, ...moved.edits] };
  };

/** In asynchronous code, in the loop itself, a task that may wait. */
const startsOnTokio = (place: Node, loop: Node) =>
  /^(loop|while|for)_expression$/.test(loop.type) &&
  canAwait(place) &&
  /^(tokio::(task::)?|task::)spawn$/.test(pathOf(place));

/** The permit moves into the block, or into a block around the future that is made before it. */
function movedInto(
  place: Node,
  statement: Node,
  permit: string,
  work: string,
  text: string,
): { above: string[]; edits: Edit[] } | null {
  const [task] = argumentsOf(place);
  const end = newlineOf(text);
  const inside = `${indentOf(statement, text)}${stepOf(text)}`;
  const held = `let _${permit} = ${permit};`;
  const block = task?.type === 'async_block' ? partsOf(task).find(({ type }) => type === 'block') : undefined;
  if (block) {
    if (!block.text.includes('\n')) {
      const start = block.startIndex + 1;
      return { above: [], edits: [{ start, end: start, text: ` ${held}` }] };
    }
    const first = partsOf(block)[0];
    const own = first ? indentOf(first, text) : inside;
    const start = block.startIndex + 1;
    return { above: [], edits: [{ start, end: start, text: `${end}${own}${held}` }] };
  }
  if (task?.type !== 'call_expression' || task.text.includes('\n')) return null;
  const body = `async move {${end}${inside}${held}${end}${inside}${work}.await${end}${indentOf(statement, text)}}`;
  return {
    above: [`let ${work} = ${task.text};`],
    edits: [{ start: task.startIndex, end: task.endIndex, text: body }],
  };
}
