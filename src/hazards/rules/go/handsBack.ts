import type { Node } from 'web-tree-sitter';
import { closestFunction } from '../../languages/go/calls';
import { partsOf, textIn } from '../../syntax';

/**
 * Does the function take what its goroutines send? It cannot while it waits for room, and they hold theirs until they
 * are rid of it. A channel with a place for each of them never has them wait.
 */
export function handsBack(call: Node, place: Node, text: string): boolean {
  const around = closestFunction(place);
  if (!around) return false;
  const own = text.slice(around.startIndex, call.startIndex) + text.slice(call.endIndex, around.endIndex);
  const sent = call.descendantsOfType('send_statement').filter(mayWait);
  const given = partsOf(call.childForFieldName('arguments') ?? call).map((each) => each.text);
  const ofTurn = (name: string) => new RegExp(`\\bfor [^\\n{]*\\b${name}\\b[^\\n{]*= range\\b`).test(own);
  return [...sent.map((each) => textIn(each, 'channel')), ...given]
    .filter((each) => /^[\w.]+$/.test(each) && !ofTurn(each))
    .some((channel) => {
      const name = channel.replaceAll('.', '\\.');
      const isTaken = new RegExp(`(<-|\\brange )${name}\\b`).test(own);
      return isTaken && !new RegExp(`\\b${name} :?= make\\(chan [^\\n]+, len\\(`).test(own);
    });
}

/** Not one of a select that goes on when nobody takes it. */
const mayWait = (send: Node) =>
  !(
    send.parent?.type === 'communication_case' &&
    send.parent.parent?.namedChildren.some(({ type }) => type === 'default_case')
  );
