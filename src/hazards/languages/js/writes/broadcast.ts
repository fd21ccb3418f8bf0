import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, lineOf, oneLine, partsOf } from '../../../syntax';
import { argumentsOf, calleeName, callTaking, escaped, isFunction, receiverOf, type SourceFile } from '../file';
import { sockets } from '../names';

/** What a collection of connected peers is called. */
const peers =
  /(client|socket|subscriber|connection|peer|session|viewer|listener|player|member)s?(\.values\(\)|\(?\))?$/i;

/** The same, where the name alone says that a network lies between. */
const remote = /(connection|socket|subscriber)s?(\.values\(\)|\(?\))?$/i;

/** The same message sent to every peer of a collection, as `for (const client of clients) client.send(data)` does. */
export function broadcastOf(place: Node, call: Node, file: SourceFile): Growth | null {
  const loop = loopAround(place);
  const sink = receiverOf(call);
  if (!loop || !sink || !peers.test(loop.over.text) || argumentsOf(call).every(isWord)) return null;
  if (!remote.test(loop.over.text) && !file.importsAny(sockets)) return null;
  // `client`, or the names in `[id, client]`.
  const names = new RegExp(`\\b(${loop.variable.match(/[\w$]+/g)?.join('|') ?? ''})\\b`);
  if (!(names.test(sink.text) || isLookedUp(sink.text, loop)) || argumentsOf(call).some(({ text }) => names.test(text)))
    return null;
  return {
    unit: 'element',
    source: oneLine(loop.over),
    evidence: [`the loop on line ${lineOf(loop.node)} sends the same to every one of \`${oneLine(loop.over)}\``],
    turns: [{ place, repeated: loop.node }],
    settledEarly: null,
  };
}

/** `'reload'`, `styles ? 'refreshcss' : 'reload'`: a signal, which holds nothing of what comes. */
export const isWord = (given: Node): boolean =>
  given.type === 'string' ||
  (given.type === 'ternary_expression' &&
    partsOf(given)
      .slice(1)
      .every(({ type }) => type === 'string'));

/** `const client = clients.get(id)` of `for (const id of subscribers) { … client.send(text); }` */
const isLookedUp = (sink: string, { node, variable }: { node: Node; variable: string }): boolean => {
  const key = /[\w$]+\s*$/.exec(variable)?.[0] ?? '';
  return (
    /^[\w$]+$/.test(sink) &&
    key !== '' &&
    new RegExp(`\\b(const|let|var) ${escaped(sink)} = [^;\\n]*(\\.get\\(|\\[)${escaped(key)}[)\\]]`).test(node.text)
  );
};

/** A call on every peer of a collection, with the same for each: `for (const session of sessions) session.sendBuffer(data)`. */
export function callOnPeers(call: Node): Growth | null {
  const loop = loopAround(call);
  const peer = receiverOf(call);
  if (!loop || !peer || !peers.test(loop.over.text)) return null;
  const names = new RegExp(`^(${loop.variable.match(/[\w$]+/g)?.join('|') ?? ''})$`);
  if (!names.test(peer.text) || argumentsOf(call).length === 0) return null;
  return {
    unit: 'element',
    source: oneLine(loop.over),
    evidence: [`the loop on line ${lineOf(loop.node)} calls every one of \`${oneLine(loop.over)}\``],
    turns: [{ place: call, repeated: loop.node }],
    settledEarly: null,
  };
}

/** The loop or `forEach` around the place, its variable and what it walks; null: there is none in its function. */
function loopAround(place: Node): { node: Node; over: Node; variable: string } | null {
  for (const outer of ancestorsOf(place)) {
    if (outer.type === 'for_in_statement') {
      const [variable, over] = [outer.childForFieldName('left'), outer.childForFieldName('right')];
      return variable && over ? { node: outer, over, variable: variable.text } : null;
    }
    if (/^(for|while)_statement$/.test(outer.type)) return counted(outer, place);
    if (!isFunction(outer)) continue;
    const call = callTaking(outer);
    const over = call && calleeName(call) === 'forEach' ? receiverOf(call) : null;
    const parameters = outer.childForFieldName('parameters');
    const variable = outer.childForFieldName('parameter') ?? (parameters ? partsOf(parameters)[0] : null);
    return over && variable ? { node: outer, over, variable: variable.text.replace(/[:?].*/s, '') } : null;
  }
  return null;
}

/** `for (let i = 0; i < connections.length; i++) connections[i].write(event)` */
function counted(loop: Node, place: Node): { node: Node; over: Node; variable: string } | null {
  const each = elementIn(loop, place);
  const [over, index] = [each?.childForFieldName('object'), each?.childForFieldName('index')];
  if (!each || !over || index?.type !== 'identifier') return null;
  const head = loop.text.slice(0, (loop.childForFieldName('body')?.startIndex ?? loop.endIndex) - loop.startIndex);
  const walks = new RegExp(`(?<![\\w$])${escaped(index.text)}\\s*(<|--)`).test(head);
  const name = each.parent?.childForFieldName('name') ?? each.parent?.childForFieldName('left');
  return walks ? { node: loop, over, variable: contains(place, each) ? index.text : (name?.text ?? '') } : null;
}

/** `connections[i]` of the place, or of `const connection = connections[i]` above it. */
function elementIn(loop: Node, place: Node): Node | undefined {
  const own = place.descendantsOfType('subscript_expression')[0];
  const [call] = place.descendantsOfType('call_expression');
  const sink = call && receiverOf(call)?.text;
  return (
    own ??
    loop.descendantsOfType(['variable_declarator', 'assignment_expression']).flatMap((held) => {
      const name = held.childForFieldName('name') ?? held.childForFieldName('left');
      const value = held.childForFieldName('value') ?? held.childForFieldName('right');
      return name?.text === sink && value?.type === 'subscript_expression' ? [value] : [];
    })[0]
  );
}
