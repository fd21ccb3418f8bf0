import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, partsOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, receivedFrom } from '../calls';
import type { Declarations } from '../declarations';
import { madeOf, mentionsAny } from '../arrivals/derived';
import { parametersOf } from '../arrivals/items';
import { after, running } from '../turn';

/** Of such goroutines there are few: after a failure, with values that come seldom, or with nothing of them. */
export const isSeldom = (growth: Growth, place: Node, file: Declarations): boolean =>
  afterFailure(place) ||
  (!growth.open &&
    growth.doubt === undefined &&
    (isPaced(growth) ||
      (growth.unit === 'value' ? comesSeldom(growth, place, file) : endsWithMessage(growth, place, file))));

/** `if err != nil { … go tell(err) }` */
const afterFailure = (place: Node): boolean =>
  [...ancestorsOf(place)].some((outer) => {
    const then = outer.type === 'if_statement' ? outer.childForFieldName('consequence') : null;
    const condition = textIn(outer, 'condition');
    return then && contains(then, place) && /\b(\w*[eE]rr != nil|errors\.(Is|As)\()/.test(condition);
  });

/** A loop that makes a pause in each turn, not only in some. */
const isPaced = ({ turns }: Growth): boolean => {
  const loop = turns.at(-1)?.repeated;
  return loop?.type === 'for_statement' && pausesIn(loop);
};

/** Channels of what changes now and then. */
const seldom = /status|connected|elect|leader/i;

function comesSeldom({ turns, source }: Growth, place: Node, file: Declarations): boolean {
  const outer = turns.at(-1);
  const [own] = turns;
  if (!outer || !own || seldom.test(source)) return seldom.test(source);
  const channel = askedIn(outer.repeated, source);
  if (channel && /^(int|bool)$/.test(file.channelOf(channel)?.item ?? '')) return true;
  const items = own.repeated.type === 'for_statement' ? receivedIn(own.repeated) : [];
  return items.length > 0 && !mentionsAny(place, madeOf(items, own.repeated, place));
}

const askedIn = (loop: Node, source: string) =>
  loop
    .descendantsOfType('unary_expression')
    .map(receivedFrom)
    .find((from) => from?.text === source);

/** `<-message.Acked()` in the goroutine: it ends with its message, of which a broker hands out only so many. */
function endsWithMessage({ unit }: Growth, place: Node, file: Declarations): boolean {
  const around = unit === 'message' ? file.functionAround(place)?.node : null;
  const item = around && parametersOf(around).find(({ name }) => name !== '' && name !== '_');
  return item !== undefined && item !== null && new RegExp(`<-\\s*${item.name}\\.\\w+\\(\\)`).test(place.text);
}

const pausesIn = (loop: Node): boolean =>
  partsOf(loop.childForFieldName('body') ?? loop)
    .flatMap((each) => (each.type === 'statement_list' ? partsOf(each) : [each]))
    .some(({ type, text }) => type === 'expression_statement' && text.startsWith('time.Sleep('));

/** Names of what a loop receives: also `m` of `switch m := raw.(type)` and of `switch m := raw.Data.(type)`. */
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
    .filter((each) => names.includes(/^\w*/.exec(textIn(each, 'value'))?.[0] ?? ''))
    .flatMap((each) => each.childForFieldName('alias')?.text ?? []);
  return names.length === 0 ? [] : [...names, ...aliases];
}

/** A slice that a loop fills with what it receives: as long as those who wait for an answer in it are many. */
export function holdsThoseWhoWait({ unit, source, turns, doubt }: Growth, place: Node, file: Declarations): boolean {
  const [own] = turns;
  if (unit !== 'value' || doubt !== undefined || own?.repeated.type !== 'for_statement') return false;
  const asked = askedIn(own.repeated, source);
  if (asked && /^(chan\b|<-chan\b)/.test(file.channelOf(asked)?.item ?? '')) return true;
  const items = new Set(receivedIn(own.repeated));
  return running(after({ place, repeated: own.repeated }), 'call_expression').some(
    (call) =>
      /^(Write|Send)/.test(calleeName(call)) && argumentsOf(call).some((argument) => mentionsAny(argument, items)),
  );
}
