import type { Node } from 'web-tree-sitter';
import type { FarCall, Told } from '../../across/facts';
import { farCalls, type Reaching } from '../../across/reach';
import { partsOf } from '../../syntax';
import { allOf, naming } from '../../words';
import { finders } from './bounds';
import { argumentsOf, calleeName } from './calls';
import type { Declarations } from './declarations';
import { climbedOf, handedIn, isStarted, regionsIn, repetition } from './growth';
import { running } from './turn';

/** Words of files in which items arrive from outside. */
export const arrivals = allOf(
  naming(
    'Messag',
    'Msg',
    'Poll',
    'XRead',
    'LPop',
    'RPop',
    'Subscr',
    'Consum',
    'FromUD',
    'Concur',
    'EachRe',
    'Accept',
    'Delive',
  ),
  /\.(FetchMessage|ReadMessage|ReceiveMessages?|NextMsg(WithContext)?|PollFetches|PollRecords|XReadGroup|XRead|BLPop|BRPop|QueueSubscribe|Subscribe|ConsumeWithContext|Consume|Messages|ReadFromUDP|AddConcurrentHandlers|EachRecord|Accept(TCP|Unix|Stream|With\w+)?)\(|\bamqp(091)?\.Delivery\b|\bsarama\.ConsumerMessage\b|\bkafka\.Message\b|\bnats\.Msg\b/,
);

/** What a Go file tells the others: what it calls once for each item, and what it declares. */
export const toldBy = (file: Declarations): Told => ({
  calls: arrivals.test(file.text) ? farCalls(reaching(file)) : [],
  classes: inInterfaces(file, 'interface_type')
    .flatMap((each) => each.parent?.childForFieldName('name')?.text ?? [])
    .map((name) => ({ name, bases: ['interface'] })),
  functions: [
    ...file.functions.map(({ name, receiverType }) => (receiverType === null ? name : `${receiverType}.${name}`)),
    ...inInterfaces(file, 'method_elem').flatMap((method) => {
      const owner = method.parent?.parent?.childForFieldName('name')?.text;
      const name = method.childForFieldName('name')?.text;
      return owner === undefined || name === undefined ? [] : [`${owner}.${name}`];
    }),
  ],
});

/** Most files declare none. */
const inInterfaces = (file: Declarations, type: string) =>
  /\binterface\b/.test(file.text) ? file.root.descendantsOfType(type) : [];

const reaching = (file: Declarations): Reaching => ({
  regions: (handed) => regionsIn(file, handed),
  callsIn: (region) => running(partsOf(region), 'call_expression'),
  brings: (call) => argumentsOf(call).length > 0 && !quiet.test(calleeName(call)),
  calleeOf: (call) => call.childForFieldName('function'),
  repetition: (call) => repetition(call, file, []),
  meant: (call) => {
    const callee = call.childForFieldName('function');
    return callee && climbedOf(file.functionMeant(callee));
  },
  isStarted,
  handed: () => handedIn(file),
  far: (callee) => farCallOf(callee, file),
  boundOf: (kind, growth, call) => finders[kind]?.(growth, call, file) ?? null,
});

/** Calls that bring nothing further. */
const quiet =
  /^(len|cap|append|make|new|panic|print(ln)?|string|error|Errorf?|Printf?|Println|Sprintf?|Debugf?|Infof?|Warnf?|Fatalf?|Log|Unmarshal|Marshal|Add|Done|Wait|Lock|Unlock|RLock|RUnlock|Ack|Nack|Close|close|delete|copy|Sleep|Since|Now|Is|As|New|Inc|Observe|Set|WithValue|WithTimeout|WithCancel)$/;

function farCallOf(callee: Node, file: Declarations): Pick<FarCall, 'parts' | 'owner' | 'from'> | null {
  if (!/^(identifier|selector_expression)$/.test(callee.type)) return null;
  const parts = callee.text.replace(/\[[^\]]*\]|\s/g, '').split('.');
  if (parts.some((part) => !/^\w+$/.test(part))) return null;
  return { parts, owner: ownerOf(parts, callee, file), from: parts.length > 1 ? file.moduleOf(parts[0] ?? '') : null };
}

/** The type of a receiver, or that a name is declared or made with. */
function ownerOf(parts: readonly string[], callee: Node, file: Declarations): string | null {
  const object = parts.slice(0, -1);
  const around = file.functionAround(callee);
  if (object.length === 1 && object[0] === around?.receiverName) return around?.receiverType ?? null;
  const name = object.at(-1);
  if (name === undefined || (object.length === 1 && file.moduleOf(name) !== null)) return null;
  const told = new RegExp(
    `\\b${name}\\s+\\*?(?:\\w+\\.)?(\\w+)\\s*[,)\\n/]|\\b${name}\\s*:?=\\s*&?(?:\\w+\\.)?(?:New)?([A-Z]\\w*)[{(]`,
  ).exec(file.text);
  return told?.[1] ?? told?.[2] ?? null;
}
