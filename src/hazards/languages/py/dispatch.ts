import type { Node } from 'web-tree-sitter';
import { startedForItem } from '../../handedItem';
import type { Growth } from '../../rule';
import { ancestorsOf, oneLine } from '../../syntax';
import { argumentsOf, assignedAbove, type PythonFile } from './file';

/** What the item is called that a function is handed. */
const itemName = /^(event|message|msg|update|packet|stanza|payload|notification|envelope|frame)$/;

/** Functions that hand an item on to whoever wants it, by name. */
const dispatching =
  /^_*((schedule|run|handle|process|dispatch|emit|fire|trigger|publish)_)?(event|dispatch|emit|fire|trigger|notify|broadcast)(_event)?s?$/;

/** `create_task(handler(event))` in a function that is handed the event. */
export function dispatchOf(place: Node, file: PythonFile): Growth | null {
  const around = file.functionAround(place);
  if (!around || around.name.startsWith('__')) return null;
  const parameters = around.node.childForFieldName('parameters')?.namedChildren ?? [];
  const handed = parameters.filter((each) => !/^(self|cls)\b/.test(each.text));
  const named = handed.find((each) => itemName.test(/^\w+/.exec(each.text)?.[0] ?? ''));
  const item = named ?? (dispatching.test(around.name) ? handed[0] : undefined);
  const name = /\w+/.exec(item?.text ?? '')?.[0];
  if (!item || name === undefined) return null;
  const gets = mentions(place, name) || (dispatching.test(around.name) && startsHandler(place));
  return gets ? startedForItem(place, { node: around.node, name: around.name, item: oneLine(item) }) : null;
}

/** Does what is started get the item, itself or through a variable above? */
function mentions(place: Node, item: string): boolean {
  const names = place.descendantsOfType('identifier').map(({ text }) => text);
  return names.includes(item) || names.some((name) => names.length < 8 && usesItem(assignedAbove(name, place), item));
}

const usesItem = (value: Node | null, item: string): boolean =>
  value?.type === 'call' && value.descendantsOfType('identifier').some(({ text }) => text === item);

/** What is started comes of a loop over handlers, or is a coroutine that the function is handed. */
function startsHandler(place: Node): boolean {
  const loop = [...ancestorsOf(place)].find(({ type }) => type === 'for_statement' || type === 'function_definition');
  const over = loop?.type === 'for_statement' ? (loop.childForFieldName('right')?.text ?? '') : '';
  const [work] = argumentsOf(place);
  const text = `${work?.text ?? ''} ${work?.type === 'identifier' ? (assignedAbove(work.text, place)?.text ?? '') : ''}`;
  return /handler|listener|callback|subscriber|hook/.test(over) || /\b(coro\w*|callback|handler|listener)\b/.test(text);
}
