import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName, receiverText, wholeOf } from '../../../languages/csharp/calls';
import { canAwait, CsharpFile, isFunction } from '../../../languages/csharp/file';
import { isStarter, returnsTask } from '../../../languages/csharp/starts';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';
import { atOnce } from '../../atOnce';
import { outermost } from '../../outermost';

/** A semaphore made above all loops, taken before each task starts and given back when it is done. */
export function semaphore(place: Node, growth: Growth, text: string): Fix | null {
  const limit = atOnce(growth);
  const loop = growth.turns[0]?.repeated;
  const statement = statementIn(place, ['block']);
  const name = freeName(text);
  const above = loop && outermost(loop);
  const isLoop = /^(while|for|foreach|do)_statement$/.test(loop?.type ?? '') && above?.parent?.type === 'block';
  if (!above || !isLoop || !statement || name === undefined || !givesTask(place) || mayKeepPermit(place)) return null;
  const waits = canAwait(place) ? `await ${name}.WaitAsync();` : `${name}.Wait();`;
  const made = linesAbove(above, text, [`var ${name} = new ${semaphoreType(text)}(${limit});`]);
  const taken = linesAbove(statement, text, [waits]);
  if (!made || !taken) return null;
  const given = { start: place.endIndex, end: place.endIndex, text: `.ContinueWith(done => ${name}.Release())` };
  return {
    id: 'csharp/unbounded-spawn/semaphore',
    title: `Run at most ${limit} at once (SemaphoreSlim)`,
    edits: [made, taken, given],
  };
}

/** A name for the semaphore that the file has not; undefined: none is left. */
export const freeName = (text: string) =>
  ['slots', 'permits', 'taskSlots', 'workSlots'].find((each) => !new RegExp(`\\b${each}\\b`).test(text));

/** With its namespace, where no `using` of the file brings it. */
export const semaphoreType = (text: string) =>
  /^\s*(global )?using System\.Threading;/m.test(text) ? 'SemaphoreSlim' : 'System.Threading.SemaphoreSlim';

/** An error before the start would keep the permit where a `try` lets the loop go on, and in a lock nothing may wait. */
function mayKeepPermit(place: Node): boolean {
  const around = [...ancestorsOf(place)];
  const inside = around.slice(0, around.findIndex(isFunction));
  const goesOn = inside.findIndex(({ type }) => /^(while|for|foreach|do)_statement$/.test(type));
  const isTried = inside.slice(0, goesOn).some(({ type }) => type === 'try_statement');
  const raising = argumentsOf(place).some(
    (each) => each.type !== 'lambda_expression' && each.descendantsOfType(raises).length > 0,
  );
  return inside.some(({ type }) => type === 'lock_statement') || (isTried && raising);
}

const raises = ['invocation_expression', 'element_access_expression', 'await_expression'];

/** A task at hand that nobody keeps: what is chained to it changes nothing else. */
function givesTask(place: Node): boolean {
  const whole = wholeOf(place);
  const outer = whole.parent;
  const dropped =
    outer?.type === 'expression_statement' ||
    (outer?.type === 'assignment_expression' && outer.childForFieldName('left')?.text === '_');
  if (whole.id !== place.id || !dropped || place.type !== 'invocation_expression') return false;
  const name = calleeName(place);
  const root = [...ancestorsOf(place)].at(-1);
  if (isStarter(name, receiverText(place))) return !name.includes('WorkItem');
  return root !== undefined && returnsTask(place, new CsharpFile(root));
}
