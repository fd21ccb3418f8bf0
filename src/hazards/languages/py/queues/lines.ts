import type { Node } from 'web-tree-sitter';
import { handedOver, runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { lineOf, partsOf, textIn } from '../../../syntax';
import { oncePerText } from '../../../words';
import { argumentsOf, calleeName, type DeclaredFunction, type PythonFile } from '../file';
import {
  collectionOf,
  holdsOthers,
  importsServing,
  isPartOfText,
  outlives,
  waitingLine,
  type Kept,
} from '../collections/collections';
import { stopName, takesItems } from '../names';
import { holdsWaiters, isPlanned } from './between';
import { isUnsetByDefault, toldLengthCompared } from './sizes';

/** What things that wait may be called besides; that others take them out has to be shown. */
export const mayWait =
  /buffer|buf(s|$)|inbox|incoming|arriv|receiv|messages?$|msgs?$|events?$|packets?$|frames?$|jobs?$|requests?$|commands?$|cmds?$|lines?$|records?$|notifications?$|updates?$|todo|to_(do|publish|process|write|handle)|deferred|delayed|stash|spool|unprocessed|scheduled/i;

/** Methods by which a class takes what others hand it. */
const handsOver =
  /^_*(async_)?(send|put|enqueue|queue|push|publish|emit|broadcast|notify|submit|schedule|report|post|write|record|log|add_?to|add_\w*(message|event|request|packet|frame)s?$|new_|store|defer|buffer|append|forward|relay|track|enter|execute)|_(received|later|async)$/i;

/** Words for the state of the other side, which may stay away for long. */
const state =
  /client|connect|transport|protocol|sock|ready|open|peer|server|backend|writer|session|stream|busy|sending|writing|flushing|lock|paused|block|running|alive|online|login|logged/i;

const counting = /\blen\(|max|limit|size|count|full/i;

/** So many points tell a line of waiting things from a list that is only worked with. */
const enough = 3;

/** `self.unsent.append(message)`: things wait in a list for another function, which takes them out in its own time. */
export function waitingOf(place: Node, file: PythonFile): Growth | null {
  const kept = collectionOf(place);
  const around = file.functionAround(place);
  const [call] = partsOf(place);
  if (
    !kept ||
    kept.keyed ||
    !around ||
    call?.type !== 'call' ||
    !/^(append|appendleft|extend|insert)$/.test(calleeName(call))
  )
    return null;
  if (
    holdsOthers.test(kept.name) ||
    holdsWaiters.test(kept.name) ||
    isPartOfText.test(kept.name) ||
    (kept.each && !waitingLine.test(kept.name))
  )
    return null;
  // A queue itself: whoever makes one decides.
  if (/(Queue|Deque|Chan|Buffer|Stack|List|Set|Dict|Pool)$/.test(textIn(around.owner, 'name'))) return null;
  const inTurn = takenInTurn((around.owner ?? file.root).text).has(kept.name.replace(/^.*\./, ''));
  if (
    isRare(around.name) ||
    isPlanned(call, around) ||
    !(inTurn || takesWhatWaits(around.name)) ||
    asksBack.test(call.text) ||
    /window|credit|pause\w*\(/i.test(around.node.text)
  )
    return null;
  if ((!inTurn && pointsOf(kept, call, around, file) < enough) || !outlives(kept, around, file)) return null;
  const taker = takerOf(place, kept, around, file);
  // What is emptied as a whole is a batch of one turn or answer, unless it waits for the other side to be there.
  if (taker && !inTurn && !takesOne(kept, file) && !waitsForOther(taker, file)) return null;
  return taker ? { ...handedOver({ put: place, name: around.name, around: around.node }, taker), turns: [] } : null;
}

const isRare = (name: string) => runsSeldom(name) || stopName.test(name) || /^__(?!call__)/.test(name);

/** Who is waited for, or called back, is as many as those who wait. */
const asksBack = /future|\bfut\b|callback|\bcb\b|deferred?\b|waiter|Event\(\)|listener|handler|\bself\b\)$|id\)$/i;

/** `self.lines.pop(0)`, `del lines[0]`: what came first is taken out first, so that the list is a line whatever its name. */
export const takenInTurn = oncePerText((text): Set<string> => {
  const names = new Set<string>();
  for (const { index } of text.matchAll(/\.pop\(0\)|\.popleft\(\)/g)) {
    const name = /\w+$/.exec(text.slice(Math.max(0, index - 60), index))?.[0];
    if (name !== undefined) names.add(name);
  }
  for (const [, name] of text.matchAll(/del (?<=\bdel )(?:\w+\.)*(\w+)\[(?:0|:\w+)\]/g))
    if (name !== undefined) names.add(name);
  return names;
});

/** Does the function's name say that it is handed one thing after the other? */
export const takesWhatWaits = (name: string): boolean => takesItems.test(name) || handsOver.test(name);

/** What speaks for things that come again and again, and wait. */
function pointsOf({ name }: Kept, call: Node, around: DeclaredFunction, file: PythonFile): number {
  const names = (around.node.childForFieldName('parameters')?.namedChildren ?? []).map(
    ({ text }) => /^\*{0,2}(\w+)/.exec(text)?.[1] ?? '',
  );
  const given = argumentsOf(call).flatMap((each) => each.descendantsOfType('identifier').map(({ text }) => text));
  return (
    (waitingLine.test(name) ? 3 : mayWait.test(name) ? 2 : 0) +
    (names.some((each) => each !== 'self' && given.includes(each)) ? 1 : 0) +
    (importsServing.test(file.text) ? 1 : 0)
  );
}

/** Where another function takes from it in its own time; null: nowhere, or who fills it sees to it that it is emptied. */
function takerOf(place: Node, { name, each }: Kept, around: DeclaredFunction, file: PythonFile): Node | null {
  const emptied = taking(name, each);
  if (!emptied.test(file.text)) return null;
  let taker: Node | null = null;
  for (const other of file.functions) {
    const found = /^__(init|new|post_init)__$/.test(other.name) ? null : emptied.exec(other.node.text);
    if (!found) continue;
    const at = other.node.startIndex + found.index;
    const isOwn = other.node.id === around.node.id;
    if (isOwn || calls(around, other, file))
      if (!givesUp(other.node, isOwn ? place.endIndex : other.node.startIndex, at)) return null;
    if (stopName.test(other.name)) continue;
    taker ??= file.root.descendantForIndex(at + 1)?.parent ?? null;
  }
  return taker;
}

const takesOne = ({ name }: Kept, { text }: PythonFile) =>
  new RegExp(`\\b${name.replace(/^self\./, '').replaceAll('.', '\\.')}(?:\\[[^\\]\\n]*\\])?\\.pop(?:left)?\\(`).test(
    text,
  );

/** Does it run when the other side has come, or does it give up as long as that is away? */
function waitsForOther(taker: Node, file: PythonFile): boolean {
  const around = file.functionAround(taker);
  return (
    around !== null && (arriving.test(around.name) || givesUp(around.node, around.node.startIndex, taker.startIndex))
  );
}

/** Names of functions that run when the other side is there, or is there again. */
const arriving =
  /connect|ready|open|join|session|resume|log_?in|online|attach|establish|bound|authenticat|handshake|deferred|loop|thread|worker|run$|^_*(do_)?(send|write)/i;

/** Takes one or all out of it, of one of several too. */
export const taking = (name: string, each: boolean) => {
  // A part of the object may know it as `self.owner.unsent`.
  const whole = name.replace(/^self\./, 'self.(?:\\w+.)?').replaceAll('.', '\\.');
  const held = each ? `${whole}(\\[[^\\]\\n]*\\])?` : whole;
  return new RegExp(
    `\\b${held}\\.(pop|popleft|clear)\\(|\\bdel ${held}\\[|\\b${whole}(\\[[^\\]\\n]*\\])?\\s*(,[^=\\n()]*)?= *(\\[|\\w+\\(\\)|${whole}\\[)|= ${whole}, *(\\[\\]|list\\(\\))`,
  );
};

const calls = (around: DeclaredFunction, other: DeclaredFunction, file: PythonFile): boolean =>
  around.node
    .descendantsOfType('call')
    .some((call) => file.functionMeant(call.childForFieldName('function'))?.node.id === other.node.id);

/** `if not self.client: return` between the two: as long as the other side is away nothing is taken out. */
const givesUp = (definition: Node, from: number, to: number): boolean =>
  definition.descendantsOfType('if_statement').some((each) => {
    const condition = textIn(each, 'condition');
    const last = each.childForFieldName('consequence')?.lastNamedChild?.type;
    return (
      each.startIndex >= from &&
      each.endIndex <= to &&
      last === 'return_statement' &&
      state.test(condition) &&
      !counting.test(condition)
    );
  });

/** Something is compared with a limit that is called after it: `len(self.unsent)`, `max_unsent`, `unsent_size`. */
export function lineLimit(statement: Node, file: PythonFile): string | null {
  const kept = collectionOf(statement);
  const stem = kept?.name.split('.').at(-1)?.replace(/^_+/, '').replace(/e?s$/, '') ?? '';
  if (!kept || stem === '') return null;
  const scope = file.functionAround(statement)?.owner ?? file.root;
  const limit = scope
    .descendantsOfType('comparison_operator')
    .find((each) => each.text.toLowerCase().includes(stem.toLowerCase()) && isLimit(each));
  return limit ? `\`${limit.text}\` on line ${lineOf(limit)}` : toldLengthCompared(kept.name, file);
}

/** Rather than `len(self.unsent) > 0`, or a limit that is None unless somebody gives one. */
const isLimit = (comparison: Node): boolean =>
  counting.test(comparison.text) && !isUnsetByDefault(comparison) && !/[<>]=? *[01]\b/.test(comparison.text);
