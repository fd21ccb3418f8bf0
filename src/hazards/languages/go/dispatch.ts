import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../handedOver';
import { startedForItem } from '../../handedItem';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf } from '../../syntax';
import { isFunction, spawned } from './calls';
import type { Declarations } from './declarations';

/** Types of what is handed on one by one. */
const itemType = /(Event|Message|Msg|Packet|Update|Notification|Envelope|Payload|Delivery|Frame|Return|Confirmation)$/;

/** Functions that hand an item on to whoever wants it, by name. */
const dispatching = /^(handle|dispatch|emit|fire|notify|publish|broadcast|trigger|deliver)/i;

/** Functions that run once for each item, by name, and those of them that tell of a state. */
const taking = /^(on|handle|process|receive|deliver)[A-Z]/;
const ofState =
  /(Conn\w*|Open|Close\w*|Start\w*|Stop\w*|Error\w*|Fail\w*|Init\w*|Signal\w*|Config\w*|Reload|Ready|Exit|Leader\w*|State\w*|Shutdown|Timeout|Change\w*|Session|Stream|Client|Listener)$/;

/** Types of parameters that are no item. */
const noItem =
  /^(context\.Context|error|bool|u?int\d*|float\d+|string|time\.\w+|func\b.*|chan\b.*|<-chan\b.*|\.\.\..*|.*(Config|Options|Opts|Logger|Conn|Listener|Client|Server|WaitGroup|Settings|ResponseWriter))$/s;

interface Parameter {
  node: Node;
  name: string;
  type: string;
}

/** `go handler(event)` in a function that is handed the event. */
export function dispatchOf(place: Node, file: Declarations): Growth | null {
  const name = file.functionAround(place)?.name ?? '';
  const around = [...ancestorsOf(place)].find(isFunction);
  if (place.type !== 'go_statement' || !around || name === '') return null;
  const isLiteral = around.type === 'func_literal';
  if ((runsSeldom(name) && !isLiteral) || staysOn(place)) return null;
  const parameters = parametersOf(around);
  const item = parameters.find((each) => isItem(each, name, isLiteral) && mentions(place, each.name, around));
  const called = isLiteral ? `the function on line ${lineOf(around)}` : name;
  return item ? startedForItem(place, { node: around, name: called, item: oneLine(item.node) }) : null;
}

const parametersOf = (around: Node): Parameter[] =>
  (around.childForFieldName('parameters')?.descendantsOfType('parameter_declaration') ?? [])
    .filter((each) => each.parent?.id === around.childForFieldName('parameters')?.id)
    .map((node) => ({
      node,
      name: node.childForFieldName('name')?.text ?? '',
      type: (node.childForFieldName('type')?.text ?? '').replace(/^[*\]]+|\[.*$/g, ''),
    }));

function isItem({ name, type }: Parameter, around: string, isLiteral: boolean): boolean {
  if (name === '' || name === '_' || type.includes('chan')) return false;
  if (itemType.test(type)) return true;
  if (isLiteral) return false;
  if (dispatching.test(around) && /^(interface\{\}|any)$/.test(type)) return true;
  return taking.test(around) && !ofState.test(around) && !noItem.test(type);
}

/** A goroutine that reads in a loop, or waits for an end, is there for as long as something is open. */
const staysOn = (place: Node): boolean =>
  /\bfor (\{|\w+ := range \w+(\.\w+)*\(?\)? \{)|<-\s*[\w.]*(Done|done|closed?|closing|stop|quit)\b/.test(
    spawned(place).body?.text ?? '',
  );

/** Does what is started get the item, itself or in a variable that was made of it above? */
function mentions(place: Node, item: string, around: Node): boolean {
  const names = new Set(place.descendantsOfType('identifier').map(({ text }) => text));
  if (names.has(item)) return true;
  return around
    .descendantsOfType('short_var_declaration')
    .filter((each) => each.endIndex < place.startIndex)
    .some((each) => {
      const [left, right] = [each.childForFieldName('left'), each.childForFieldName('right')];
      if (!left || !right || !partsOf(left).some(({ text }) => names.has(text) && text !== 'err' && text !== 'ok'))
        return false;
      return right.descendantsOfType('identifier').some(({ text }) => text === item);
    });
}
