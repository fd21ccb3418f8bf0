import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { argumentsOf, calleeName, receivedFrom } from '../calls';
import type { Declarations } from '../declarations';
import { madeOf, mentionsAny } from '../arrivals/derived';
import { parametersOf } from '../arrivals/items';
import { after, running } from '../turn';

/** What the loop around a goroutine does not show of how many of them run at once. */
export function withDoubt(growth: Growth | null, place: Node, file: Declarations): Growth | null {
  if (!growth || growth.open || growth.doubt !== undefined) return growth;
  const doubt = growth.unit === 'value' ? ofValues(growth, place, file) : ofMessages(growth, place, file);
  return doubt === null ? growth : { ...growth, doubt };
}

function ofValues({ turns, source }: Growth, place: Node, file: Declarations): string | null {
  const outer = turns.at(-1);
  const [own] = turns;
  if (!outer || !own) return null;
  if (outer.repeated.type === 'for_statement' && pausesIn(outer.repeated))
    return 'whether the work takes longer than the pause of each turn';
  const [channel] = outer.repeated
    .descendantsOfType('unary_expression')
    .map(receivedFrom)
    .filter((from) => from?.text === source);
  if (channel && /^(int|bool)$/.test(file.channelOf(channel)?.item ?? '')) return 'how often such a number comes';
  const items = own.repeated.type === 'for_statement' ? receivedIn(own.repeated) : [];
  if (items.length > 0 && !mentionsAny(place, madeOf(items, own.repeated, place)))
    return 'how often such a value comes: nothing of it is used there';
  return null;
}

/** `<-message.Acked()` in the goroutine: it ends with its message, of which a broker hands out only so many. */
function ofMessages({ unit }: Growth, place: Node, file: Declarations): string | null {
  const around = unit === 'message' ? file.functionAround(place)?.node : null;
  const item = around && parametersOf(around).find(({ name }) => name !== '' && name !== '_');
  return item && new RegExp(`<-\\s*${item.name}\\.\\w+\\(\\)`).test(place.text)
    ? 'how many messages are under way at once'
    : null;
}

/** A pause in each turn, not only in some. */
const pausesIn = (loop: Node): boolean =>
  partsOf(loop.childForFieldName('body') ?? loop)
    .flatMap((each) => (each.type === 'statement_list' ? partsOf(each) : [each]))
    .some(({ type, text }) => type === 'expression_statement' && text.startsWith('time.Sleep('));

/** Names of what a loop receives: also `m` of `switch m := raw.(type)`. */
function receivedIn(loop: Node): string[] {
  const [head] = partsOf(loop);
  const ranged = head?.type === 'range_clause' ? head.childForFieldName('left') : null;
  const received = loop
    .descendantsOfType(['short_var_declaration', 'assignment_statement'])
    .filter((each) => partsOf(each.childForFieldName('right') ?? each).some((value) => receivedFrom(value) !== null))
    .concat(loop.descendantsOfType('receive_statement'));
  const names = [ranged, ...received.map((each) => each.childForFieldName('left'))].flatMap((left) =>
    left ? partsOf(left).map(({ text }) => text) : [],
  );
  const aliases = loop
    .descendantsOfType('type_switch_statement')
    .filter((each) => names.includes(each.childForFieldName('value')?.text ?? ''))
    .flatMap((each) => each.childForFieldName('alias')?.text ?? []);
  return names.length === 0 ? [] : [...names, ...aliases];
}

/** What one file does not show of how long a slice gets that a loop fills with what it receives. */
export function ofWaiting(growth: Growth, place: Node, file: Declarations): Growth {
  const [own] = growth.turns;
  if (growth.unit !== 'value' || growth.doubt !== undefined || own?.repeated.type !== 'for_statement') return growth;
  const asked = own.repeated
    .descendantsOfType('unary_expression')
    .map(receivedFrom)
    .find((from) => from !== null && growth.source === from.text);
  if (asked && /^(chan\b|<-chan\b)/.test(file.channelOf(asked)?.item ?? ''))
    return { ...growth, doubt: 'how many ask at the same time' };
  const items = new Set(receivedIn(own.repeated));
  const sent = running(after({ place, repeated: own.repeated }), 'call_expression').some(
    (call) =>
      /^(Write|Send)/.test(calleeName(call)) && argumentsOf(call).some((argument) => mentionsAny(argument, items)),
  );
  return sent ? { ...growth, doubt: 'how many answers the peer owes at once' } : growth;
}
