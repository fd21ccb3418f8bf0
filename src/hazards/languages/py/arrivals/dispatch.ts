import type { Node } from 'web-tree-sitter';
import { startedForItem } from '../../../handedItem';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, descendantsOf, lineOf, oneLine, textIn } from '../../../syntax';
import { argumentsOf, assignedAbove, calleeName, receiverText, type DeclaredFunction, type PythonFile } from '../file';
import { itemTypes, takesItems } from '../names';

/** What the item, or what came with one, is called that a function is handed. */
const itemName =
  /^_?(\w+_)?(event|events|evt|message|messages|msg|update|packet|[a-z]?pdu|stanza|payload|notification|envelope|frame|telegram|datagram|incoming)$/;

/** What comes in pieces, too. */
export const keptName =
  /^_?(\w+_)?(event|message|msg|update|packet|pkt|stanza|payload|notification|envelope|frame|telegram|datagram|transfer|data|chunk|line|record|sample|block|mv|buf|buffer|bytes|metric|span|log|request|job|command|cmd|batch|reading)s?$/;

/** A piece of what comes, rather than what somebody asked for. */
const pieceName = /^_?(\w+_)?(data|chunk|line|buf|buffer|bytes|sample|record|body)s?$/;

/** Functions that hand an item on to whoever wants it, by name. */
const dispatching =
  /^_*((schedule|run|handle|process|dispatch|emit|fire|trigger|publish|sync|async|do)_)?(event|dispatch|emit|fire|trigger|notify|broadcast)(_event)?s?$/;

/** So far is it followed what an item is turned into. */
const mostSteps = 4;

/** `create_task(handler(event))` in a function that is handed the event, or that is called in one with what is made of it. */
export function dispatchOf(place: Node, file: PythonFile): Growth | null {
  const around = file.functionAround(place);
  if (!around || isCollected(place, around.node) || isNowAndThen(place, around)) return null;
  return (
    dispatchedIn(place, around) ??
    servedIn(place, around) ??
    receivedIn(place, around) ??
    toldIn(place, around) ??
    dispatchedByCaller(place, around, file)
  );
}

/** Is it what a connection has one of or an object plans for itself, or in a function for that? */
export const isNowAndThen = (place: Node, { name, node }: DeclaredFunction): boolean =>
  isOfConnection(place) || nowAndThen.test(name) || isLater(place) || givesFuture.test(node.text);

/** Whoever calls waits for the end by what it is given back. */
const givesFuture = /\breturn (self\.)?\w*(future|fut)\b(?!\()/;

/** What a connection has one of, whatever it was started for. */
const isOfConnection = (place: Node) => {
  const [work] = argumentsOf(place);
  const name = work?.type === 'call' ? calleeName(work) : (work?.text ?? '');
  return /(^|[._])((re|dis)?connect|(send_)?pings?|keep_?alive|end|cancel|abort|stop|close|shut_?down)$/.test(name);
};

/** Functions for what happens to a connection or a group, rather than for what comes over it. */
const nowAndThen =
  /abort|revo[ck]|(connect\w*|conn)_(success|fail)|_chunk$|_ack$|disconnect|summary|auth(?!or)|passw|host_?key|hand_?shake|kex/i;

/** `loop.call_later(1, lambda: create_task(…))`: what the object plans for itself. */
const isLater = (place: Node): boolean => {
  const outer = [...ancestorsOf(place)].find(({ type }) => type === 'lambda' || type === 'function_definition');
  const call = outer?.type === 'lambda' ? outer.parent?.parent : null;
  return call?.type === 'call' && /^call_(later|at)$/.test(calleeName(call));
};

function dispatchedIn(place: Node, around: DeclaredFunction): Growth | null {
  const item = itemOf(around);
  const name = /\w+/.exec(item?.text ?? '')?.[0];
  if (!item || name === undefined || around.name.startsWith('__')) return null;
  const gets =
    mentions(place, name, mostSteps) ||
    (dispatching.test(around.name) && startsHandler(place)) ||
    (takesItems.test(around.name) && inLoop(place));
  return gets ? startedForItem(place, { node: around.node, name: around.name, item: oneLine(item) }) : null;
}

/** `tasks.append(create_task(…))` above `return tasks`: the caller may wait for them. */
export function isCollected(place: Node, around: Node): boolean {
  const list = place.parent?.type === 'list' ? place.parent : null;
  if (list?.parent?.type === 'return_statement') return true;
  const call = place.parent?.type === 'argument_list' ? place.parent.parent : null;
  const held = call?.type === 'call' && calleeName(call) === 'append' ? receiverText(call) : null;
  return (
    held !== null &&
    around.descendantsOfType('return_statement').some((each) => each.namedChildren.some(({ text }) => text === held))
  );
}

/** Calls that give the next item. */
const receiving =
  /^_*((recv|receive)(_\w+)?|(read|get|next|fetch|wait_for)_(next_)?(message|msg|event|packet|frame|request|update|command))$/;

/** `def handle_request(self, connection)` takes the item from the connection itself. */
export function receivedIn(place: Node, { node, name }: DeclaredFunction): Growth | null {
  if (!takesItems.test(name)) return null;
  for (const made of node.descendantsOfType('assignment')) {
    const item = made.childForFieldName('left');
    const call = made.childForFieldName('right')?.descendantsOfType('call')[0];
    if (item?.type !== 'identifier' || !call || made.endIndex > place.startIndex || !receiving.test(calleeName(call)))
      continue;
    if (mentions(place, item.text, mostSteps)) return startedForItem(place, { node, name, item: oneLine(call) });
  }
  return null;
}

/** Functions that are handed each connection. */
const accepting =
  /accept|incoming|new_(conn|client|sock)|(conn(ection)?|client|peer)_?(made|opened|accepted)|process_request|handle_?(conn|client|sock)|on_?(conn|client|open)/i;

/** `async def serve(reader, writer)`, which a server runs for each connection, starts a task for it. */
function servedIn(place: Node, { node, name }: DeclaredFunction): Growth | null {
  const given = textIn(node, 'parameters');
  const peer = accepting.test(name)
    ? /\b_?(client_?)?(sock(et)?|conn(ection)?|websocket|ws)\b/i.exec(given)?.[0]
    : undefined;
  if (peer !== undefined && mentions(place, peer, 0))
    return { ...startedForItem(place, { node, name, item: peer }), unit: 'connection' };
  if (!/\b\w*reader\b[^]*\b\w*writer\b|:\s*(anyio\.abc\.|trio\.)?(SocketStream|ByteStream)\b/.test(given)) return null;
  const mentioned = /\b\w*(reader|writer|stream|handler|client|conn\w*|session|protocol)\b/i.test(place.text);
  return mentioned && !runsSeldom(name) && !name.startsWith('__')
    ? { ...startedForItem(place, { node, name, item: 'reader, writer' }), unit: 'connection' }
    : null;
}

/** What is done with an item that the function around it is handed, whatever the function is called. */
export function handedTo(place: Node, around: DeclaredFunction): Growth | null {
  const item = around.node
    .childForFieldName('parameters')
    ?.namedChildren.find((each) => keptName.test(/^\w+/.exec(each.text)?.[0] ?? '') && !/=\s*None$/.test(each.text));
  const name = /\w+/.exec(item?.text ?? '')?.[0];
  if (!item || name === undefined || !mentions(place, name, mostSteps)) return null;
  return startedForItem(place, { node: around.node, name: around.name, item: oneLine(item) });
}

/** `post_send(message)` calls `spawn(…)` with something of the message, and that starts the task. */
function dispatchedByCaller(place: Node, around: DeclaredFunction, file: PythonFile): Growth | null {
  if (runsSeldom(around.name)) return null;
  for (const use of file.usesOf(around)) {
    const call = use.parent?.type === 'call' ? use.parent : null;
    const caller = call && file.functionAround(call);
    if (!caller || caller.node.id === around.node.id || runsSeldom(caller.name)) continue;
    const growth = dispatchedIn(call, caller);
    const step = `\`${around.name}\` (line ${lineOf(around.node)}) is called there on line ${lineOf(call)}`;
    if (growth)
      return {
        ...growth,
        evidence: [...growth.evidence, step],
        turns: [{ place, repeated: around.node }, ...growth.turns],
      };
  }
  return null;
}

/** `stop_event`: what somebody waits for to be set. */
const signal = /^(stop|shut\w*|exit|quit|cancel\w*|done|clos\w*|ready|finish\w*)_event\b/;

/** The parameter that is an item, by its name, its type, or what the function is there for. */
function itemOf({ node, name }: DeclaredFunction): Node | undefined {
  const parameters = node.childForFieldName('parameters')?.namedChildren ?? [];
  const handed = parameters.filter(
    (each) => !/^(self|cls)\b|=\s*(True|False|None|NOT_GIVEN|\d+)$/.test(each.text) && !signal.test(each.text),
  );
  return (
    handed.find((each) => itemName.test(/^\w+/.exec(each.text)?.[0] ?? '')) ??
    handed.find((each) => itemTypes.test(each.childForFieldName('type')?.text.split('.').at(-1) ?? '')) ??
    (dispatching.test(name) ? handed[0] : undefined) ??
    (takesItems.test(name) ? handed.find((each) => pieceName.test(/^\w+/.exec(each.text)?.[0] ?? '')) : undefined)
  );
}

/** `while self.complete(): start(self.next())` */
const inLoop = (place: Node): boolean =>
  [...ancestorsOf(place)].find(({ type }) => /^(while_statement|for_statement|function_definition)$/.test(type))
    ?.type === 'while_statement';

/** Does what is started get the item, itself or what it was turned into above? */
function mentions(place: Node, item: string, steps: number): boolean {
  const names = [...new Set(place.descendantsOfType('identifier').map(({ text }) => text))];
  if (names.includes(item)) return true;
  if (steps === 0 || names.length >= 12) return false;
  return names.some((name) => {
    const made = assignedAbove(name, place) ?? oneOfSeveral(name, place) ?? bodyOf(name, place);
    if (made === null || /^(identifier|string|integer)$/.test(made.type)) return false;
    // `data = json.loads(data)` is the same thing still.
    const isSame = new RegExp(`\\b${name}\\b`).test(made.text);
    return mentions(made, item, isSame ? steps : steps - 1);
  });
}

/** Functions that tell somebody what they are handed. */
const telling = /^_*((send|publish|notify|broadcast|emit|write)(_|$)|push_)/;

/** `for client in self.clients: create_task(client.send(data))`, `def push_update(self, topic, data)`: nobody waits for those who are told. */
function toldIn(place: Node, around: DeclaredFunction): Growth | null {
  const isLeft = /^(expression_statement|assignment)$/.test(place.parent?.type ?? '');
  return telling.test(around.name) && isLeft ? handedTo(place, around) : null;
}

/** Nodes of a type in the function around the place. */
function inFunctionAround(place: Node, type: string): readonly Node[] {
  const around = [...ancestorsOf(place)].find((each) => each.type === 'function_definition');
  return around ? descendantsOf(around, type) : [];
}

/** `method, given = load(item)` */
const oneOfSeveral = (name: string, place: Node): Node | null =>
  inFunctionAround(place, 'pattern_list')
    .find(
      (each) =>
        (each.parent ?? each).endIndex <= place.startIndex && each.namedChildren.some(({ text }) => text === name),
    )
    ?.parent?.childForFieldName('right') ?? null;

/** The body of `def work():` inside the function around the place. */
const bodyOf = (name: string, place: Node): Node | null =>
  inFunctionAround(place, 'function_definition')
    .find((each) => each.childForFieldName('name')?.text === name && each.endIndex <= place.startIndex)
    ?.childForFieldName('body') ?? null;

/** What is started comes of a loop over handlers, or is a coroutine that the function is handed. */
function startsHandler(place: Node): boolean {
  const loop = [...ancestorsOf(place)].find(({ type }) => type === 'for_statement' || type === 'function_definition');
  const over = loop?.type === 'for_statement' ? textIn(loop, 'right') : '';
  const [work] = argumentsOf(place);
  const text = `${work?.text ?? ''} ${work?.type === 'identifier' ? (assignedAbove(work.text, place)?.text ?? '') : ''}`;
  return /handler|listener|callback|subscriber|hook/.test(over) || /\b(coro\w*|callback|handler|listener)\b/.test(text);
}
