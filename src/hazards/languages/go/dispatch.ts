import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../handedOver';
import { startedForItem } from '../../handedItem';
import type { Growth } from '../../rule';
import { ancestorsOf, oneLine } from '../../syntax';
import type { Declarations } from './declarations';

/** Types of what is handed on one by one. */
const itemType = /(Event|Message|Msg|Packet|Update|Notification|Envelope|Payload|Delivery|Frame|Return|Confirmation)$/;

/** Functions that hand an item on to whoever wants it, by name. */
const dispatching = /^(handle|dispatch|emit|fire|notify|publish|broadcast|trigger|deliver)/i;

/** `go handler(event)` in a function that is handed the event. */
export function dispatchOf(place: Node, file: Declarations): Growth | null {
  const name = file.functionAround(place)?.name ?? '';
  const around = [...ancestorsOf(place)].find(({ type }) =>
    /^(func_literal|function_declaration|method_declaration)$/.test(type),
  );
  if (place.type !== 'go_statement' || !around || name === '' || runsSeldom(name)) return null;
  for (const parameter of around.childForFieldName('parameters')?.descendantsOfType('parameter_declaration') ?? []) {
    const type = (parameter.childForFieldName('type')?.text ?? '').replace(/^[*\]]+|\[.*$/g, '');
    const anything = /^(interface\{\}|any)$/.test(type) && dispatching.test(name);
    const isItem = !type.includes('chan') && (itemType.test(type) || anything);
    const item = parameter.childForFieldName('name')?.text ?? '';
    if (isItem && item !== '' && mentions(place, item))
      return startedForItem(place, { node: around, name, item: oneLine(parameter) });
  }
  return null;
}

/** Does what is started get the item? */
const mentions = (place: Node, item: string) => place.descendantsOfType('identifier').some(({ text }) => text === item);
