import type { Node } from 'web-tree-sitter';
import type { Edit, Fix } from '../../../fixes/edits';
import { PythonFile } from '../../../languages/py/file';
import { keptBy } from '../../../languages/py/queues/held';
import type { Growth } from '../../../rule';
import { ancestorsOf, partsOf, textIn } from '../../../syntax';
import { waitingPuts } from './waiting';

const size = 1000;

/** `maxsize=1000`, where whoever puts can wait; a `put_nowait`, which would raise where nobody expects it, becomes a put. */
export function bounded(call: Node, { doubt }: Growth): Fix | null {
  const name = keptBy(call);
  // A SimpleQueue takes no size, a full deque drops what is at its other end, and a class of its own may take something else.
  const sized = /(^|\.)((Lifo|Priority)?Queue|JoinableQueue)(\[.*\])?$/s.test(textIn(call, 'function'));
  if (!sized || name === null) return null;
  const file = new PythonFile([...ancestorsOf(call)].at(-1) ?? call);
  const made = sizeEdit(call, file);
  const puts = made && waitingPuts(name, call, file);
  // Who else fills it may not be ready to wait.
  if (!puts || (doubt !== undefined && puts.count === 0)) return null;
  return {
    id: 'py/unbounded-queue/size',
    title: `Let put wait when ${size} are in it (maxsize)`,
    edits: [made, ...puts.edits],
  };
}

const meansNoEnd = /^(0|-\d+|None|math\.inf|float\(["']inf["']\))$/;

/** The size as an argument, or as the default of the parameter that tells it; null: whoever makes the queue tells another. */
function sizeEdit(call: Node, file: PythonFile): Edit | null {
  const list = call.childForFieldName('arguments');
  if (list?.type !== 'argument_list') return null;
  const [given, ...more] = partsOf(list);
  if (!given) return { start: list.startIndex + 1, end: list.startIndex + 1, text: `maxsize=${size}` };
  const isNamed = given.type === 'keyword_argument';
  if (more.length > 0 || (isNamed && textIn(given, 'name') !== 'maxsize')) return null;
  const value = isNamed ? (given.childForFieldName('value') ?? given) : given;
  if (meansNoEnd.test(value.text)) return { start: given.startIndex, end: given.endIndex, text: `maxsize=${size}` };
  const parameters = file.functionAround(call)?.node.childForFieldName('parameters');
  const byDefault = parameters?.namedChildren
    .find((each) => textIn(each, 'name') === value.text)
    ?.childForFieldName('value');
  return byDefault && meansNoEnd.test(byDefault.text)
    ? { start: byDefault.startIndex, end: byDefault.endIndex, text: String(size) }
    : null;
}
