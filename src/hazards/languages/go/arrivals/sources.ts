import type { Node } from 'web-tree-sitter';
import type { Growth, Turn } from '../../../rule';
import { oneLine, partsOf, textIn } from '../../../syntax';
import { calleeName, receivedFrom, spawned, takesItem } from '../calls';
import type { Declarations } from '../declarations';
import { permitChannel, quietChannel, quietItem, receivers, type Receiver } from '../names';
import { before, running } from '../turn';

/** What a loop or callback is fed from. */
export interface Source {
  unit: Growth['unit'];
  /** As it stands in the code. */
  text: string;
  /** Filled from outside the program: nothing in it can slow the sender except by not reading. */
  external: boolean;
}

/** What feeds the loop of this turn; null: it counts, walks a collection, or nothing shows that items keep arriving. */
export function sourceOf(turn: Turn, file: Declarations): Source | null {
  const [head] = partsOf(turn.repeated);
  if (head?.type === 'range_clause') return rangeSource(head, turn, file);
  if (head?.type === 'for_clause' && head.childForFieldName('condition')) return null;
  const onTheWay = before(turn);
  const calls = running(onTheWay, 'call_expression');
  const read = calls.find((call) => isReceiver(call, file));
  if (read) return { unit: receiverOf(calleeName(read))?.unit ?? 'message', text: oneLine(read), external: true };
  const handedOver = partsOf(spawned(turn.place).call?.childForFieldName('arguments') ?? turn.place);
  const receives = [...running(onTheWay, 'unary_expression'), ...running(handedOver, 'unary_expression')];
  const channel = receives
    .filter(takesItem)
    .map(receivedFrom)
    .find((from) => from !== null && bringsWork(from, file));
  return channel ? channelSource(channel, file) : null;
}

function rangeSource(head: Node, turn: Turn, file: Declarations): Source | null {
  const over = head.childForFieldName('right');
  if (!over || !bringsWork(over, file)) return null;
  if (file.channelOf(over)) return channelSource(over, file);
  return valuesHaveMembers(head, turn) && !isMap(over, file)
    ? { unit: 'value', text: oneLine(over), external: false }
    : null;
}

function channelSource(channel: Node, file: Declarations): Source {
  const external = file.channelOf(channel)?.filledBy === 'library';
  return { unit: external ? 'message' : 'value', text: oneLine(channel), external };
}

/** `AcceptWithContext` and its like take a connection too. */
function receiverOf(name: string): Receiver | undefined {
  if (Object.hasOwn(receivers, name)) return receivers[name];
  return /^Accept[A-Z]\w*$/.test(name) ? receivers.Accept : undefined;
}

function isReceiver(call: Node, file: Declarations): boolean {
  const name = calleeName(call);
  const known = receiverOf(name);
  if (!known || call.childForFieldName('function')?.type !== 'selector_expression') return false;
  return known.imports === null || file.importsAny(known.imports);
}

/** Not so the clock, signals and ends, by the channel's name or by what it carries. */
const bringsWork = (channel: Node, file: Declarations) =>
  !quietChannel.test(channel.text) &&
  !permitChannel.test(channel.text) &&
  !quietItem.test(file.channelOf(channel)?.item ?? '');

/** The keys of a map may have members. */
function isMap(over: Node, file: Declarations): boolean {
  if (over.type === 'selector_expression') return file.typeOf(textIn(over, 'field'))?.startsWith('map[') === true;
  if (file.says(`\\b${over.text}\\b(?: :?= (?:make\\()?| )map\\[`)) return true;
  // `room, known := s.rooms[name]`, where each of the rooms is a map or a slice.
  const field = new RegExp(`\\b${over.text}(?:, \\w+)? :?= [\\w.]*\\b(\\w+)\\[`).exec(file.text)?.[1];
  return field !== undefined && /^map\[[^\]]*\](map\[|\[\])/.test(file.typeOf(field) ?? '');
}

/**
 * `for m := range x` with `m.Field` in the body: over a slice or an integer a single variable is the index, which has no
 * members, so `x` is a channel.
 */
function valuesHaveMembers(head: Node, turn: Turn): boolean {
  const variables = partsOf(head.childForFieldName('left') ?? head);
  const over = head.childForFieldName('right');
  if (variables.length !== 1 || !over || !/^(identifier|selector_expression)$/.test(over.type)) return false;
  return turn.repeated
    .descendantsOfType('selector_expression')
    .some((use) => use.childForFieldName('operand')?.text === variables[0]?.text);
}
