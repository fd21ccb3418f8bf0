import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { growing } from './growing';
import { oneLine, partsOf, placeOf } from '../../syntax';
import { closestFunction } from './calls';
import type { Declarations } from './declarations';
import { growthOf } from './growth';
import { parametersOf } from './arrivals/items';
import { permitChannel, quietChannel, quietItem } from './names';
import { running } from './turn';

/** Channels that only wake somebody up, or tell how something goes: one word in them is as good as many. */
const wakeUp =
  /wake|notif|signal|kick|trigger|ready|refresh|flush|poke|nudge|dirty|sync|result|reply|resp|stat(e|us)|(^|[._])updat(?!es\b)|heart_?beat|health|progress|debug|dbg|re(join|do)|deadline|config/i;

/** Signs of life, and the last words to somebody who is sent away. */
const signOfLife = /(^|[._])(p[io]ng|hb)|P[io]ng|HB/;
const lastWords = /good_?bye|abort/i;

/** An acknowledgement that nobody waits for: one comes for each that is asked for. */
const acknowledgement = /(^|[._])acks?$|[a-z]Acks?$/;

/** Functions that give back what somebody used: what finds no room is made anew, and nothing is lost. */
const givesBack = /^(release|recycle|giveBack|return(To|$)|putBack)|^put(Buf|Buffer|Conn|$)/i;

const nameAround = (place: Node) => closestFunction(place)?.childForFieldName('name')?.text ?? '';

/** `select { case queue <- item: default: }`: an item that finds no room is gone. */
export function dropOf(select: Node, file: Declarations): Growth | null {
  const all = select.namedChildren.flatMap((part) => part.childForFieldName('communication') ?? []);
  // `case <-ctx.Done():` beside it changes nothing.
  const sends = all.filter(({ type, text }) => type === 'send_statement' || !quietChannel.test(text));
  const [send] = sends.filter(({ type }) => type === 'send_statement');
  const channel = send?.childForFieldName('channel');
  const value = send?.childForFieldName('value');
  if (!defaultOf(select) || !send || !channel || !value || sends.length > 1) return null;
  const ofErrors = channel.type === 'selector_expression' && errorsOf.test(channel.text);
  if ([wakeUp, signOfLife, permitChannel].some((names) => names.test(channel.text))) return null;
  if (!ofErrors && quietChannel.test(channel.text)) return null;
  if ([wakeUp, lastWords, acknowledgement].some((names) => names.test(value.text))) return null;
  // `case queue <- waiting[0]:` leaves it in the list.
  if (value.type === 'index_expression' || goesOnBelow(select) || keepsLatest(select, channel)) return null;
  if (givesBack.test(nameAround(select))) return null;
  const item = file.channelOf(channel)?.item ?? '';
  const isQuiet = isBare(value, file) || quietItem.test(item) || /^(bool|int)$/.test(item);
  if ((isQuiet && !(ofErrors && /^err$/.test(value.text))) || asks(send, value)) return null;
  const growth = growthOf(select, file);
  return growing(
    growth && !growth.open ? growth.unit : 'value',
    oneLine(channel),
    [`${placeOf(send)} is passed over when there is no room`],
    { place: select, repeated: select },
    isGiven(channel, file) ? `how much room \`${channel.text}\` is given` : undefined,
  );
}

/** Errors for the program, which nobody else sees. A variable of a function is for the first of them. */
const errorsOf = /\.err(or)?(s|s?(C|Ch|Chan|Channel))$/i;

/** Says nothing but that something is so, or when: no item is lost with it. */
function isBare(value: Node, file: Declarations): boolean {
  if (/^(true|false|nil|int_literal)$/.test(value.type)) return true;
  if (/^(\w+\s*\{\s*\}|struct\s*\{\s*\}\s*\{\s*\}|err|time\..*|.*\.Now\(\))$/.test(value.text)) return true;
  const around = file.functionAround(value)?.node;
  return around !== undefined && parametersOf(around).some(({ name, type }) => name === value.text && type === 'bool');
}

/** `case s.asked <- answer: <-answer`: who finds nobody that listens goes on without the answer. */
const asks = ({ parent }: Node, value: Node): boolean =>
  /^[\w.]+$/.test(value.text) && parent?.text.includes(`<-${value.text}\n`) === true;

/** The function around is handed the channel, so its callers know how much comes and how much room there is. */
const isGiven = (channel: Node, file: Declarations): boolean => {
  const around = file.functionAround(channel)?.node;
  return around !== undefined && parametersOf(around).some(({ name }) => name === channel.text);
};

/** Room is made right above it: `select { case <-latest: default: }`. The channel holds what came last. */
function keepsLatest(select: Node, channel: Node): boolean {
  const above = select.previousNamedSibling;
  const taken =
    above?.type === 'select_statement' && defaultOf(above) ? above.descendantsOfType('unary_expression') : [];
  return taken.some(({ text }) => text === `<-${channel.text}`);
}

/** What is done instead: a count, a log line, an answer to the caller, another place for it; null: nothing. */
export function toldBy(select: Node): string | null {
  const instead = partsOf(defaultOf(select) ?? select);
  const ways = [
    'go_statement',
    'call_expression',
    'inc_statement',
    'assignment_statement',
    'return_statement',
    'goto_statement',
    'send_statement',
  ];
  const told = running(instead, ...ways).find((way) => way.type !== 'return_statement' || partsOf(way).length > 0);
  return told ? `${placeOf(told)} tells of it` : null;
}

/** The case that sends leaves, or notes that it has sent: what stands below is for an item that found no room. */
function goesOnBelow(select: Node): boolean {
  const sent = select.namedChildren.find(({ type }) => type === 'communication_case');
  const steps = sent ? partsOf(sent) : [];
  if (running(steps, 'assignment_statement').some(({ text }) => /= (nil|true|false)$/.test(text))) return true;
  const [leaves] = running(steps, 'return_statement', 'continue_statement', 'goto_statement');
  if (leaves?.type === 'continue_statement') return true;
  let below = select.nextNamedSibling;
  while (below?.type === 'comment') below = below.nextNamedSibling;
  return below !== null && leaves !== undefined;
}

const defaultOf = (select: Node) => select.namedChildren.find(({ type }) => type === 'default_case') ?? null;
