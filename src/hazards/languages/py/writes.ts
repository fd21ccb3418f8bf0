import type { Node } from 'web-tree-sitter';
import { startedForItem } from '../../handedItem';
import { runsSeldom } from '../../handedOver';
import type { Growth } from '../../rule';
import { ancestorsOf, oneLine, partsOf } from '../../syntax';
import { handedTo } from './arrivals/dispatch';
import { calleeName, positional, receiverText, type DeclaredFunction, type PythonFile } from './file';
import { perItem } from './growth';
import { oncePerText } from '../../words';

/** Writes that keep what the peer does not take, and return at once; what they are called on, and where they come from. */
const buffered: readonly { write: RegExp; to: RegExp; imports: RegExp }[] = [
  { write: /^write_message$/, to: /./, imports: /^(tornado|sockjs)(\.|$)/ },
  { write: /^broadcast$/, to: /^websockets(\.|$)|^$/, imports: /^websockets(\.|$)/ },
  { write: /^(sendMessage|sendLine|sendString)$/, to: /./, imports: /^(autobahn|twisted)(\.|$)/ },
  {
    write: /^write(lines)?$/,
    to: /(^|[._])(writer|transport|_?stream_writer|wsock)$/i,
    imports: /^(asyncio|twisted|uvloop)(\.|$)/,
  },
];

/** Methods of a protocol, which asyncio or Twisted calls whatever the file imports. */
const isProtocol = /def (connection_(made|lost)|connection(Made|Lost)|data_received|dataReceived)\(/;

/** What holds those who are written to. */
const receivers =
  /client|conn|subscri|listener|session|peer|sock|member|user|watch|waiter|viewer|protocol|transport|participant|handler/i;

/** Functions that hand on what they are given. */
const handsOn = /send|write|publish|emit|broadcast|notif|forward|relay|push|dispatch|on_|handle|deliver|received|feed/i;

/** What is written once for each answer that is waited for. */
const asks = /request|command|cmd|line|handshake|login|auth|ping|pong|hello|(?<![a-z])ack(?![a-z])/i;

/** `client.write_message(text)` for each client, `self.transport.write(frame)`: what a slow peer does not take is kept in memory. */
export function writeOf(statement: Node, file: PythonFile): Growth | null {
  const [call] = partsOf(statement);
  const around = file.functionAround(statement);
  if (call?.type !== 'call' || !around || !isBuffered(call, file) || isSoonOver(statement, around)) return null;
  const all = calleeName(call) === 'broadcast' ? oneLine(positional(call)[0] ?? call) : sentToAll(call);
  const sure = perItem(statement, file);
  if (
    sure &&
    !sure.open &&
    sure.doubt === undefined &&
    (all || calleeName(call) !== 'write_message' || sure.unit === 'value')
  )
    return all ? { ...sure, unit: 'element', source: all } : sure;
  if (runsSeldom(around.name) || around.name.startsWith('__')) return null;
  const relays = isRelay(call, around);
  if (!all && !relays && calleeName(call) === 'write_message') return toldToBrowser(call, around);
  const isHanded = (handsOn.test(around.name) || relays) && !asks.test(around.name);
  const handed = isHanded || all ? (handedTo(call, around) ?? waitedIn(call, around)) : null;
  if (handed && asks.test(handed.source.split('(')[1] ?? '')) return null;
  if (!handed && !all && calleeName(call) === 'write_message') return toldToBrowser(call, around);
  return handed && (all ? { ...handed, unit: 'element', source: all } : handed);
}

/** The statement below it, which a comment is not. */
const next = ({ nextNamedSibling: below }: Node): Node | null => (below?.type === 'comment' ? next(below) : below);

/** What is written last, what waits for its answer in a table, and a datagram, which is sent or lost at once. */
const isSoonOver = (statement: Node, { node, name }: DeclaredFunction): boolean =>
  /datagram/i.test(name) ||
  /\b_*\w*(responses|pending|futures|waiters|callbacks|requests)\[[^\]\n]*\] = /.test(node.text) ||
  /^\s*(await )?[\w.]*(loseConnection|abortConnection|close)\(/.test(next(statement)?.text ?? '');

/** `self.write_message(line)`, which gives a future: what is neither an answer to a message of the browser nor the same each time. */
function toldToBrowser(call: Node, { node, name }: DeclaredFunction): Growth | null {
  const [item] = positional(call);
  const isSame = !item || (item.type !== 'identifier' && item.descendantsOfType('identifier').length === 0);
  if (isSame || seldomTold.test(name)) return null;
  return startedForItem(call, { node, name, item: oneLine(item) });
}

/** An answer, or a greeting and a farewell. */
const seldomTold = /^on_?message$|open|close|exit|error|fail|ping|pong/i;

/** `for packet in self.buffer: transport.write(packet)`: what has waited for the peer goes out at once. */
function waitedIn(call: Node, { node, name }: DeclaredFunction): Growth | null {
  const loop = [...ancestorsOf(call)].find(({ type }) => type === 'for_statement' || type === 'function_definition');
  const over = loop?.type === 'for_statement' ? loop.childForFieldName('right') : null;
  if (!over || !/^self\.\w*(buf|queue|pending|backlog|unsent|outgoing|messages|packets)\w*$/i.test(over.text))
    return null;
  return startedForItem(call, { node, name, item: oneLine(over) });
}

/** What one peer sends goes to another: in `send(message)`, in a callback, or by an object that is not the one that received it. */
const isRelay = (call: Node, { name, node }: DeclaredFunction): boolean =>
  /^_*(async_)?(send|write|publish|emit|push|forward|relay)/.test(name) ||
  (/received$|_cb$|callback|^_*on_?(message|data)/.test(name) &&
    (receiverText(call) !== 'self' || [...ancestorsOf(node)].some(({ type }) => type === 'function_definition')));

const isBuffered = (call: Node, file: PythonFile) =>
  buffered.some(
    ({ write, to, imports }) =>
      write.test(calleeName(call)) &&
      to.test(receiverText(call)) &&
      (file.importsAny(imports) || (receiverText(call).endsWith('transport') && isProtocol.test(file.text))),
  );

/** The collection whose every element is written to; null: it is one peer. */
function sentToAll(call: Node): string | null {
  const to = /^\w+/.exec(receiverText(call))?.[0] ?? '';
  for (const outer of ancestorsOf(call)) {
    if (outer.type === 'function_definition') return null;
    if (outer.type !== 'for_statement') continue;
    const [each, over] = [outer.childForFieldName('left'), outer.childForFieldName('right')];
    const walked = each?.descendantsOfType('identifier').some(({ text }) => text === to);
    if (over && walked && receivers.test(over.text)) return oneLine(over);
  }
  return null;
}

/** A method that is told of a full buffer and does nothing about it. */
const idle =
  /def (pause|resume)_writing\([^)]*\)[^:]*:\s*(#[^\n]*\s*|"""[^"]*"""\s*|(self\.)?_?log\w*\.[^\n]*\s*)*(pass\b|return\b|(?=(async )?def |@|class |$))/g;

/** A look at whether the peers keep up, anywhere in the file. */
export const waitsForRoom = oncePerText((text): string | null => {
  const sign =
    /\bdrain\(|\b(pause_writing|get_write_buffer_size|registerProducer|pauseProducing|_?can_write|write_buffer_size|resume_writing)\b/.exec(
      text.replace(idle, ''),
    );
  return sign ? `\`${sign[0].replace('(', '')}\` on line ${text.slice(0, sign.index).split('\n').length}` : null;
});
