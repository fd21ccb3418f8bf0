import type { Node } from 'web-tree-sitter';
import type { Told } from '../../across/facts';
import { farCalls, type Reaching, type Region } from '../../across/reach';
import { openDescendants, partsOf, textIn } from '../../syntax';
import { allOf } from '../../words';
import { finders } from './bounds';
import { argumentsOf, calleeName, type PythonFile } from './file';
import { climbedOf, handedIn, handlersIn, isStarted, loopsThatReceive, repetition } from './growth';

/** Libraries that bring items, and other ways in which they come. */
const brings =
  /\b(aiokafka|confluent_kafka|kafka|pika|aio_pika|aiormq|kombu|faststream|faust|nats|aiomqtt|gmqtt|paho|stomp|zmq|pulsar|websockets?|socketio|dramatiq)\b|\.on\(\s*['"](message|data)|\basync for\b.*(messages|consumer|websocket|subscri|queue)|readuntil|readexactly|readline\(/;

/** Where an item is taken: a call, a handler, a type of what it is handed (`deliveredTypes`). */
const taken =
  /\.(accept|sock_accept|recvfrom|sock_recvfrom|recv|recv_multipart|recv_json|recv_string|receive|receive_json|receive_text|receive_bytes|read_message|receive_messages?|getone|getmany|poll|consume|get_message|xread|xreadgroup|xread_group|blpop|brpop|brpoplpush|blmove|bzpopmin|next_msg|fetch|drain_events|readline|readuntil|readexactly|on|listen)\(|(queue|inbox|mailbox|chan|channel|q|jobs|tasks|work|pending|backlog|buffer)\.get\(|\basync for\b|\b(basic_consume|subscribe|create_consumer|register_callback|message_callback_add|add_listener)\(|\bon_(message|data)\b|datagram_received|^\s*@\s*[\w.]*\.?(subscriber|agent|rpc|event_handler|consumer|get|post|put|patch|delete|route|api_route|websocket)\b|for .* in .*consumer|:\s*["']?([\w.]*\.)?((Abstract)?(Incoming|Delivered)Message|ConsumerRecord|Msg|ServiceBusReceivedMessage|EventData)\b/m;

/** Words of files in which items arrive. */
export const arrivals = allOf(brings, taken);

/** What a Python file tells the others: what it calls once for each item, and what it declares. */
export function toldBy(file: PythonFile): Told {
  return {
    calls: arrivals.test(file.text) || /\.get\(|recv|receive/.test(file.text) ? farCalls(reaching(file)) : [],
    classes: file.classes.map((each) => ({
      name: textIn(each, 'name'),
      bases: partsOf(each.childForFieldName('superclasses') ?? each)
        .filter(({ type }) => type === 'identifier' || type === 'attribute' || type === 'subscript')
        .map(({ text }) => lastName(text)),
    })),
    functions: file.functions.map(({ name, owner }) => {
      const of = owner?.childForFieldName('name')?.text;
      return of === undefined ? name : `${of}.${name}`;
    }),
  };
}

const lastName = (text: string) => text.replace(/\[.*$/s, '').split('.').at(-1) ?? '';

const reaching = (file: PythonFile): Reaching => ({
  regions: (handed): Region[] => [...loopsThatReceive(file), ...handlersIn(file, handed)],
  callsIn: running,
  brings: (call) => argumentsOf(call).length > 0 && !quiet.test(calleeName(call)),
  repetition: (call) => repetition(call, file, []),
  meant: (call) => climbedOf(file.functionMeant(call.childForFieldName('function'))),
  isStarted,
  calleeOf: (call) => call.childForFieldName('function'),
  handed: () => handedIn(file),
  far: (callee) => farCallOf(callee, file),
  boundOf: (kind, growth, call) => finders[kind]?.(growth, call, file) ?? null,
});

/** Calls that bring nothing further. */
const quiet =
  /^(len|str|int|float|bool|list|dict|set|tuple|print|isinstance|getattr|hasattr|type|repr|range|enumerate|zip|max|min|sorted|debug|info|warning|error|exception|log|loads|dumps|format|join|split|strip|decode|encode|startswith|endswith|get|pop|items|keys|values|copy|sleep|wait_for|create_task|ensure_future|ack|nack|commit|inc|observe|super)$/;

const running = (region: Node): readonly Node[] =>
  openDescendants(region, ['call'], ['function_definition', 'lambda', 'class_definition']);

function farCallOf(callee: Node, file: PythonFile) {
  const parts = callee.text
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\s+/g, '')
    .split('.');
  if (!/^(identifier|attribute)$/.test(callee.type) || parts.some((part) => !/^\w+$/.test(part))) return null;
  return {
    parts,
    owner: ownerOf(parts, callee, file),
    from: file.moduleOf(parts[0] ?? ''),
  };
}

/** The class of `self`, or that a name is declared or made with. */
function ownerOf(parts: readonly string[], callee: Node, file: PythonFile): string | null {
  const putsInto = /^(put|put_nowait|append|appendleft)$/.test(parts.at(-1) ?? '');
  const object = parts.slice(0, putsInto ? -2 : -1);
  if (object.length === 1 && /^(self|cls)$/.test(object[0] ?? ''))
    return file.classAround(callee)?.childForFieldName('name')?.text ?? null;
  const name = object.join('\\.');
  if (name === '') return null;
  const told = new RegExp(
    `\\b${name}\\s*:\\s*["']?(?:Optional\\[)?([\\w.]+)|\\b${name}\\s*=\\s*(?:[\\w.]+\\.)?([A-Z]\\w*)\\(`,
  ).exec(file.text);
  const type = lastName(told?.[1] ?? told?.[2] ?? '');
  return /^[A-Z]/.test(type) && !/^(Any|Callable|Awaitable|Union|Optional|Type)$/.test(type) ? type : null;
}
