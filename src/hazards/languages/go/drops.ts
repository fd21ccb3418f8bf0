import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine, partsOf } from '../../syntax';
import { closestFunction } from './calls';
import type { Declarations } from './declarations';
import { growthOf } from './growth';
import { parametersOf } from './arrivals/items';
import { permitChannel, quietChannel, quietItem } from './names';
import { running } from './turn';

/** Channels that only wake somebody up: one word in them is as good as many. */
const wakeUp =
  /wake|notif|signal|kick|trigger|ready|refresh|flush|poke|nudge|dirty|sync|result|reply|resp|stat(e|us)|(^|[._])updat(?!es\b)/i;

/** Functions that give back what somebody used: what finds no room is made anew, and nothing is lost. */
const givesBack = /^(release|recycle|giveBack|returnTo|putBack)|^put(Buf|Buffer|Conn|$)/i;

const nameAround = (place: Node) => closestFunction(place)?.childForFieldName('name')?.text ?? '';

/** `select { case queue <- item: default: }`: an item that finds no room is gone. */
export function dropOf(select: Node, file: Declarations): Growth | null {
  const all = select.namedChildren.flatMap((part) => part.childForFieldName('communication') ?? []);
  // `case <-ctx.Done():` beside it changes nothing.
  const sends = all.filter(({ type, text }) => type === 'send_statement' || !quietChannel.test(text));
  const [send] = sends.filter(({ type }) => type === 'send_statement');
  const channel = send?.childForFieldName('channel');
  const value = send?.childForFieldName('value');
  if (!defaultOf(select) || !channel || !value || sends.length > 1) return null;
  if ([wakeUp, quietChannel, permitChannel].some((names) => names.test(channel.text)) || wakeUp.test(value.text))
    return null;
  // `case queue <- waiting[0]:` leaves it in the list.
  if (value.type === 'index_expression' || goesOnBelow(select) || keepsLatest(select, channel)) return null;
  if (givesBack.test(nameAround(select))) return null;
  const bare =
    /^(true|false|nil|int_literal)$/.test(value.type) || /^(struct\s*\{\s*\}\s*\{\s*\}|err|time\..*)$/.test(value.text);
  if (bare || quietItem.test(file.channelOf(channel)?.item ?? '')) return null;
  const growth = growthOf(select, file);
  return {
    unit: growth && !growth.open ? growth.unit : 'value',
    source: oneLine(channel),
    evidence: [
      `\`${oneLine(send ?? channel)}\` on line ${lineOf(send ?? channel)} is passed over when there is no room`,
    ],
    turns: [{ place: select, repeated: select }],
    settledEarly: null,
    ...(isGiven(channel, file) ? { doubt: `how much room \`${channel.text}\` is given` } : {}),
  };
}

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
  return told ? `\`${oneLine(told)}\` on line ${lineOf(told)} tells of it` : null;
}

/** The case that sends returns, so that what stands below is for an item that found no room. */
function goesOnBelow(select: Node): boolean {
  const sent = select.namedChildren.find(({ type }) => type === 'communication_case');
  const below = select.nextNamedSibling;
  return (
    below !== null && below.type !== 'comment' && running(sent ? partsOf(sent) : [], 'return_statement').length > 0
  );
}

const defaultOf = (select: Node) => select.namedChildren.find(({ type }) => type === 'default_case') ?? null;
