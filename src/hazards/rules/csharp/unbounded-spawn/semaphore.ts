import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { calleeName, receiverText, wholeOf } from '../../../languages/csharp/calls';
import { canAwait, CsharpFile } from '../../../languages/csharp/file';
import { isStarter, returnsTask } from '../../../languages/csharp/starts';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';
import { atOnce } from '../../atOnce';

/** A semaphore made above the loop, taken before each task starts and given back when it is done. */
export function semaphore(place: Node, growth: Growth, text: string): Fix | null {
  const limit = atOnce(growth);
  const loop = growth.turns[0]?.repeated;
  const statement = statementIn(place, ['block']);
  const name = freeName(text);
  const isLoop = /^(while|for|foreach|do)_statement$/.test(loop?.type ?? '') && loop?.parent?.type === 'block';
  if (!loop || !isLoop || !statement || name === undefined || !givesTask(place)) return null;
  const waits = canAwait(place) ? `await ${name}.WaitAsync();` : `${name}.Wait();`;
  const made = linesAbove(loop, text, [`var ${name} = new ${semaphoreType(text)}(${limit});`]);
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
