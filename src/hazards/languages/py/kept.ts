import type { Node } from 'web-tree-sitter';
import { handedOver, runsSeldom } from '../../handedOver';
import type { Growth, Turn } from '../../rule';
import { lineOf, partsOf } from '../../syntax';
import { handedTo, receivedIn } from './dispatch';
import { calleeName, receiverText, type DeclaredFunction, type PythonFile } from './file';
import { perItem } from './growth';
import { stopName, takesItems } from './names';
import { isComparedInVain, lengthCompared } from './sizes';
import { after, before, running } from './turn';

const modules =
  'asyncio|anyio|trio|curio|gevent|eventlet|tornado|twisted|autobahn|threading|socket|socketserver|select|selectors|multiprocessing|concurrent|queue|logging|websockets?|aiohttp|zmq|pika|aio_pika|kafka|redis|nats|stomp|serial\\w*|paho|aiomqtt|http';

/** Modules of programs to which things come from outside. */
const serving = new RegExp(`^(${modules})(\\.|$)`);

/** The same as lines of a text that import them. */
export const importsServing = new RegExp(`^\\s*(import|from)\\s+(${modules})\\b`, 'm');

/** What holds those who take part rather than what arrives, or what somebody asked for. */
export const holdsOthers =
  /listener|callback|handler|hook|observer|subscri|client|connection|session|peer|socket|member|consumer|worker|thread|task|process|plugin|waiter|future|child|route|filter|middleware|extension|argument|option|param|header|trailer|field|column|result|repl(y|ies)|resp(on|_|$)|error|exception|fail|warning|cache|pool|deliver|unack|in_?flight|sent_|config|setting|regist|\bcls\b|__dict__|environ|sys\.path/i;

/** Classes whose objects live for one text or call. */
const shortLived =
  /Parser|Visitor|Builder|Formatter|Encoder|Decoder|Writer|Test|Mock|Fake|Dummy|Result|Error|Exception/;

/** `self.lines.append(line)` in a method that is handed each line, where nothing bounds how many. */
export function keptOf(place: Node, file: PythonFile): Growth | null {
  const kept = collectionOf(place);
  const around = file.functionAround(place);
  if (!kept || !around || stopName.test(around.name)) return null;
  if (holdsOthers.test(kept.name) || isParsed(place) || !(file.importsAny(serving) || takesItems.test(around.name)))
    return null;
  if (!outlives(kept, around, file) || /pause\w*\(/i.test(around.node.text)) return null;
  const whole = wholeOf(place, kept, around);
  if (whole) return whole;
  const end = emptiedBy(kept, { place, repeated: around.node }, around, file);
  if (end === 'bounded' || (end === null && isText(place))) return null;
  const isCalled = !kept.keyed && !runsSeldom(around.name) && !around.name.startsWith('__');
  const growth = isCalled ? (handedTo(place, around) ?? joinsLine(place, kept, around, end)) : null;
  const sure = growth ? null : perItem(place, file);
  const shown = sure && !sure.open && sure.doubt === undefined ? sure : growth;
  if (!shown || (kept.keyed && end !== null)) return null;
  const step = end
    ? `\`${end.name}\` (line ${lineOf(end.node)}) empties it in its own time`
    : `nothing in this file takes from \`${kept.name}\``;
  return { ...shown, evidence: [...shown.evidence, step] };
}

/** What a message that comes in pieces is called until it is whole. */
const untilWhole = /body|payload|fragment|(^|[._])frames?$|message_?data|cont_data|transfers$/i;

/** `self.body.append(event.data)`, until the last piece comes: as long as whoever sends likes. */
function wholeOf(place: Node, { name, keyed }: Kept, around: DeclaredFunction): Growth | null {
  const isCut = around.node.text.includes(`${name} = ${name}[`);
  if (keyed || isCut || !untilWhole.test(name) || runsSeldom(around.name)) return null;
  const pieces = handedTo(place, around) ?? receivedIn(place, around);
  const step = `\`${name}\` is kept until the last piece comes`;
  return pieces && { ...pieces, unit: 'chunk', evidence: [...pieces.evidence, step] };
}

/** What waits for its turn is called so. */
export const waitingLine =
  /queue|backlog|outbox|outgoing|unsent|to_send|(out|send|write)_?buf|(^|[._])pending(_|$)|waiting_(for_)?\w*(work|job|msg|message|task)/i;

/** `self.send_queue.append(answer)`, which another function shortens: how often it is called is not shown. */
const joinsLine = (
  put: Node,
  { name, keyed }: Kept,
  around: DeclaredFunction,
  end: DeclaredFunction | null,
): Growth | null =>
  waitingLine.test(name) && !keyed && end !== null && end.node.id !== around.node.id && !isText(put)
    ? handedOver({ put, name: around.name, around: around.node }, undefined)
    : null;

/** A collection that a statement makes longer. */
interface Kept {
  /** Without what it is found by: `self.lines` of `self.lines[key].append(line)`. */
  name: string;
  /** `self.seen[key] = value`, which makes it longer for each new key only. */
  keyed: boolean;
  /** One of many of them: `self.lines[key].append(line)`. */
  each: boolean;
}

/** What the statement makes longer; null: nothing that outlives it. */
export function collectionOf(statement: Node): Kept | null {
  const [inner] = partsOf(statement);
  const target =
    inner?.type === 'call'
      ? receiverText(inner)
      : inner?.type === 'augmented_assignment' && isTextOrList(inner)
        ? (inner.childForFieldName('left')?.text ?? '')
        : inner?.type === 'assignment' && inner.childForFieldName('left')?.type === 'subscript'
          ? (inner.childForFieldName('left')?.text ?? '')
          : '';
  const base = target.replace(/(\[[^[\]]*\]|\.setdefault\([^()]*(\(\))?\))$/s, '');
  // `client.send_queue`: what it waits in belongs to another object of the kind.
  const name = waitingLine.test(base) ? base.replace(/^\w+\.(?=\w+$)/, 'self.') : base;
  if (!/^(self(\.\w+)+|\w+)$/.test(name)) return null;
  return { name, keyed: inner?.type === 'assignment' || calleeOf(inner) === 'add', each: target !== base };
}

const calleeOf = (call: Node | undefined) => (call?.type === 'call' ? calleeName(call) : '');

/** `+= data` rather than `+= 1`. */
const isTextOrList = (sum: Node) =>
  sum.childForFieldName('operator')?.text === '+=' &&
  !/^(integer|float|unary_operator|binary_operator|conditional_expression)$/.test(
    sum.childForFieldName('right')?.type ?? '',
  ) &&
  !/\blen\(|count|size|num|total/i.test(sum.text);

/** Is it a collection, made empty where the object or the module is, of a class that lives longer than one call? */
function outlives({ name, keyed, each }: Kept, { owner, node }: DeclaredFunction, file: PythonFile): boolean {
  if (owner && shortLived.test(classHead(owner))) return false;
  if (!name.startsWith('self.') && !startsEmpty(name, file)) return false;
  if (!name.startsWith('self.') && new RegExp(`\\b${name}\\s*(:[^=\\n]*)?=[^=]|\\bfor ${name}\\b`).test(node.text))
    return false;
  // Another object of the program keeps it, in a list of its own for each key.
  if (/^self\.\w+\.\w+$/.test(name) && each && !keyed) return true;
  return startsEmpty(name, file);
}

/** Asked again for every statement that names it. */
const known = new WeakMap<PythonFile, Map<string, boolean>>();

function startsEmpty(name: string, file: PythonFile): boolean {
  const names = known.get(file) ?? new Map<string, boolean>();
  known.set(file, names);
  const isEmpty = names.get(name) ?? emptyAtFirst(name).test(file.text);
  names.set(name, isEmpty);
  return isEmpty;
}

const classHead = (definition: Node) =>
  `${definition.childForFieldName('name')?.text ?? ''} ${definition.childForFieldName('superclasses')?.text ?? ''}`;

/** Where the collection of that name is made, without anything in it. */
export const emptyAtFirst = (name: string) =>
  new RegExp(
    `(^${name.startsWith('self.') ? '|[^\\w.]' : ''})${name.replaceAll('.', '\\.')}\\s*(:[^=]{0,200}?)?=\\s*(\\[\\]|\\{\\}|b?''|b?""|(list|dict|set|bytearray|bytes)\\(\\)|(collections\\.)?(defaultdict\\((list|dict|set)\\)|OrderedDict\\(\\)))`,
    'm',
  );

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
  node
    .descendantsOfType('call')
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
