import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import { mayBeKept } from '../../../longLived';
import type { Growth, Turn } from '../../../rule';
import { descendantsOf, lineOf, partsOf, textIn } from '../../../syntax';
import { handedTo, receivedIn } from '../arrivals/dispatch';
import { calleeName, type DeclaredFunction, type PythonFile } from '../file';
import { collectionOf, holdsOthers, isPartOfText, outlives, serving, type Kept } from './collections';
import { perItem } from '../growth';
import { stopName, takesItems } from '../names';
import { isComparedInVain, lengthCompared } from '../queues/sizes';
import { after, before, running } from '../turn';

/** `self.lines.append(line)` in a method that is handed each line, where nothing bounds how many. */
export function keptOf(place: Node, file: PythonFile): Growth | null {
  const kept = collectionOf(place);
  const around = file.functionAround(place);
  if (!kept || !around || stopName.test(around.name)) return null;
  if (holdsOthers.test(kept.name) || !(file.importsAny(serving) || takesItems.test(around.name))) return null;
  if (!outlives(kept, around, file) || isParsed(place) || /pause\w*\(/i.test(around.node.text)) return null;
  // What has been read is cut off in the same turn.
  if (isText(place) && around.node.text.includes(`${kept.name} = ${kept.name}[`)) return null;
  const whole = wholeOf(place, kept, around);
  if (whole) return whole;
  const end = emptiedBy(kept, { place, repeated: around.node }, around, file);
  if (end === 'bounded' || (end === null ? isText(place) : isPartOfText.test(kept.name))) return null;
  const isCalled = !kept.keyed && !runsSeldom(around.name) && !around.name.startsWith('__');
  const growth = isCalled ? handedTo(place, around) : null;
  if (growth && (end !== null || !mayLast(kept, around) || isGivenBack(place, around))) return null;
  const sure = growth ? null : perItem(place, file);
  const shown = sure && !sure.open && sure.doubt === undefined ? sure : growth;
  if (!shown || (kept.keyed && end !== null)) return null;
  const step = end
    ? `\`${end.name}\` (line ${lineOf(end.node)}) empties it in its own time`
    : `nothing in this file takes from \`${kept.name}\``;
  return {
    ...shown,
    evidence: [...shown.evidence, step],
    ...(kept.keyed ? { doubt: 'how many different keys there are' } : {}),
  };
}

const mayLast = ({ name }: Kept, { owner }: DeclaredFunction): boolean =>
  mayBeKept(textIn(owner, 'name'), name.replace(/^self\./, ''));

/** `self.matchers.append(matcher)` above `return matcher`: whoever called goes on with it. */
const isGivenBack = (place: Node, { node }: DeclaredFunction): boolean => {
  const item = /^[\w.]+\.append\((\w+)\)$/.exec(place.text)?.[1];
  return item !== undefined && new RegExp(`\\breturn ${item}\\b`).test(node.text);
};

/** What a message that comes in pieces is called until it is whole. */
const untilWhole = /(?<!_by_)body|payload|fragment|(^|[._])frames?$|message_?data|cont_data|transfers$/i;

/** `self.body.append(event.data)`, until the last piece comes: as long as whoever sends likes. */
function wholeOf(place: Node, { name, keyed }: Kept, around: DeclaredFunction): Growth | null {
  const isCut = around.node.text.includes(`${name} = ${name}[`);
  if (keyed || isCut || !untilWhole.test(name) || runsSeldom(around.name)) return null;
  const pieces = handedTo(place, around) ?? receivedIn(place, around);
  const step = `\`${name}\` is kept until the last piece comes`;
  return pieces && { ...pieces, unit: 'chunk', evidence: [...pieces.evidence, step] };
}

const isText = (place: Node) => partsOf(place)[0]?.type === 'augmented_assignment';

/** `self._buffer += data` above a call that takes whole messages out of it. */
const isParsed = (place: Node): boolean =>
  isText(place) &&
  running(after({ place, repeated: place }), 'call').some((call) =>
    /parse|process|flush|consume|handle|decode|feed|drain|pump|dispatch|next|pop|split|message|packet|frame/i.test(
      calleeName(call),
    ),
  );

/** Functions that end what one of them stands for. */
const takesOut = /remov|delet|unregist|discard|forget|leave|disconnect/i;

/** Who takes from it or empties it, in its own time; null: nobody; `bounded`: who fills it, one that it calls, or whoever has taken part. */
function emptiedBy(
  { name }: Kept,
  turn: Turn,
  around: DeclaredFunction,
  file: PythonFile,
): DeclaredFunction | 'bounded' | null {
  const shown = name.replace(/^self\./, '').replaceAll('.', '\\.');
  const whole = `${name.startsWith('self.') ? '\\.' : '\\b'}${shown}`;
  const held = `${whole}(\\[[^\\]\\n]*\\])?`;
  if (new RegExp(`${held}\\.(remove|discard)\\b`).test(file.text)) return 'bounded';
  const emptied = new RegExp(
    `${held}\\.(pop|popleft|popitem|clear)\\b|\\bdel [\\w.]*${held}|${whole}\\s*(,[^=\\n()]*)?=(?!=)|${held} = \\[\\]`,
  );
  if (!emptied.test(file.text)) return null;
  const called = new Set(calledIn(around, file, 3).map(({ node }) => node.id));
  // A sibling branch is another case: another frame, another command.
  const onTheWay = [...before(turn), ...after(turn)];
  let other: DeclaredFunction | null = null;
  for (const each of file.functions) {
    if (/^__(init|new|post_init)__$/.test(each.name) || !emptied.test(each.node.text)) continue;
    if (takesOut.test(each.name)) return 'bounded';
    if (each.node.id === around.node.id && !onTheWay.some(({ text }) => emptied.test(text))) other ??= each;
    else if (each.node.id === around.node.id || called.has(each.node.id)) return 'bounded';
    else if (!stopName.test(each.name)) other ??= each;
  }
  return other;
}

/** Functions of the file that it calls itself, and that these call. */
const calledIn = ({ node }: DeclaredFunction, file: PythonFile, levels: number): DeclaredFunction[] =>
  descendantsOf(node, 'call')
    .flatMap((call) => file.functionMeant(call.childForFieldName('function')) ?? [])
    .flatMap((each) => [each, ...(levels > 1 && each.node.id !== node.id ? calledIn(each, file, levels - 1) : [])]);

/** A comparison of its length on which something depends. */
export function keptShort(statement: Node, file: PythonFile): string | null {
  const kept = collectionOf(statement);
  if (!kept) return null;
  if (isComparedInVain(kept.name, file.root)) return lengthCompared(kept.name, file.root);
  const limit = greatest.exec((file.functionAround(statement)?.owner ?? file.root).text)?.[0];
  return lengthCompared(kept.name, file.root) ?? (limit === undefined ? null : `\`${limit}\` beside it`);
}

/** A comparison with what a greatest size is called. */
const greatest = /[<>]=?\s*[\w.]*(max|limit)\w*|\w*(max|limit)\w*\s*[<>]/i;
