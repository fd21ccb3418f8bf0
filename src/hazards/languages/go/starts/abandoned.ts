import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, lineOf, oneLine, placeOf, textIn } from '../../../syntax';
import { isFunction, spawned } from '../calls';
import type { Declarations } from '../declarations';

/** Nobody waits any longer when the time is over. */
const givingUp =
  /<-\s*[\w.()]*(?:\bDone\(\)|\btime\.After\(.*\)|[tT]ime(?:r|out)\w*(?:\.C|\(\))?|[dD]eadline\w*(?:\.C)?)$/;

/** Runs for as long as the program does, and is left once. */
const serving = /\b\w*(?:[sS]erve|[lL]isten)\w*\(|\.(?:Run|Start|Accept)\w*\(/;

/**
 * `go func() { answer <- ask() }()` with an unbuffered channel, of which a select with a time-out takes one at most: when the
 * time is over first, the goroutine waits for a receiver for ever.
 */
export function abandonedOf(place: Node, file: Declarations): Growth | null {
  const { body } = spawned(place);
  const around = [...ancestorsOf(place)].find(isFunction);
  const [send] = body?.descendantsOfType('send_statement').filter((each) => isPlain(each, place)) ?? [];
  const channel = textIn(send, 'channel');
  if (!send || !around || !/^\w+$/.test(channel) || serving.test(body?.text ?? '')) return null;
  if (file.functionAround(place)?.name === 'main' || !isOfTwo(channel, around.text)) return null;
  const select = around
    .descendantsOfType('select_statement')
    .find((each) => each.startIndex > place.endIndex && takesOne(each, channel));
  const gone = select && casesOf(select).find(({ head }) => givingUp.test(head));
  if (!select || !gone) return null;
  const name = file.functionAround(place)?.name ?? '';
  return {
    ...{ unit: 'call', source: name === '' ? oneLine(send) : name, turns: [], settledEarly: null },
    flaw: 'left-running',
    evidence: [
      `${placeOf(send)} waits for a receiver, as \`${channel}\` has no room`,
      `\`${gone.head}\` on line ${gone.line} leaves without one: the goroutine waits for ever. With \`make(chan …, 1)\` it would end`,
    ],
    doubt: 'how often the time is over first',
  };
}

/** Not one of several ways of a select, and of the goroutine itself. */
function isPlain(send: Node, place: Node): boolean {
  for (const outer of ancestorsOf(send)) {
    if (outer.id === place.id) return true;
    if (outer.type === 'communication_case' && outer.childForFieldName('communication')?.id === send.id) return false;
    if (/^(go_statement|for_statement)$/.test(outer.type) && contains(place, outer)) return false;
  }
  return false;
}

/** A channel without room that only the goroutine and the select know. */
function isOfTwo(channel: string, text: string): boolean {
  const count = (pattern: string) => text.match(new RegExp(pattern, 'g'))?.length ?? 0;
  const made = count(`\\b${channel} :?= make\\(chan [^,\\n]*(?:, 0)?\\)(?=\\n)`);
  const known = count(`\\b${channel} <-`) + count(`\\bclose\\(${channel}\\)`) + count(`<-\\s*${channel}\\b`);
  return made === 1 && count(`<-\\s*${channel}\\b`) === 1 && count(`\\b${channel}\\b`) === 1 + known;
}

interface Way {
  head: string;
  line: number;
}

const casesOf = (select: Node): Way[] =>
  select.namedChildren.flatMap((way) => {
    const head = way.childForFieldName('communication');
    return head ? [{ head: head.text, line: lineOf(head) }] : [];
  });

const takesOne = (select: Node, channel: string): boolean =>
  casesOf(select).some(({ head }) => new RegExp(`<-\\s*${channel}$`).test(head));
