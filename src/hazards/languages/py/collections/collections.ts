import type { Node } from 'web-tree-sitter';
import { partsOf, textIn } from '../../../syntax';
import { calleeName, receiverText, type DeclaredFunction, type PythonFile } from '../file';

const modules =
  'asyncio|anyio|trio|curio|gevent|eventlet|tornado|twisted|autobahn|threading|socket|socketserver|select|selectors|multiprocessing|concurrent|queue|logging|websockets?|aiohttp|zmq|pika|aio_pika|kafka|redis|nats|stomp|serial\\w*|paho|aiomqtt|http';

/** Modules of programs to which things come from outside. */
export const serving = new RegExp(`^(${modules})(\\.|$)`);

/** The same as lines of a text that import them. */
export const importsServing = new RegExp(`^\\s*(import|from)\\s+(${modules})\\b`, 'm');

/** What holds those who take part rather than what arrives, or what somebody asked for. */
export const holdsOthers =
  /listener|callback|handler|hook|observer|subscri|client|connection|session|peer|socket|member|consumer|worker|thread|task|process|plugin|waiter|future|child|route|filter|middleware|extension|argument|option|param|header|trailer|field|column|result|repl(y|ies)|resp(on|_|$)|error|exception|fail|warning|cache|pool|deliver|unack|in_?flight|sent_|config|setting|regist|\bcls\b|__dict__|environ|sys\.path|device|discover|seen_hosts/i;

/** Pieces of one text or answer, which is soon whole. */
export const isPartOfText = /text|aggregat|word|name|char|token|ids?$|install|state|result/i;

/** Classes whose objects live for one text or call. */
export const shortLived =
  /Parser|Visitor|Builder|Formatter|Encoder|Decoder|Writer|Test|Mock|Fake|Dummy|Result|Error|Exception/;

/** What waits for its turn is called so. */
export const waitingLine =
  /queue|backlog|outbox|outgoing|unsent|to_send|(out|send|write)_?buf|(^|[._])pending(_|$)|waiting_(for_)?\w*(work|job|msg|message|task)/i;

/** A collection that a statement makes longer. */
export interface Kept {
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
        ? textIn(inner, 'left')
        : inner?.type === 'assignment' && inner.childForFieldName('left')?.type === 'subscript'
          ? textIn(inner, 'left')
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
export function outlives({ name, keyed, each }: Kept, { owner, node }: DeclaredFunction, file: PythonFile): boolean {
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
  const isEmpty = names.get(name) ?? isMadeEmpty(name, file.text);
  names.set(name, isEmpty);
  return isEmpty;
}

const classHead = (definition: Node) => `${textIn(definition, 'name')} ${textIn(definition, 'superclasses')}`;

/** What follows a name where it stands for a collection without anything in it. */
const madeEmpty =
  /\s*(:[^=]{0,200}?)?=\s*(\[\]|\{\}|b?''|b?""|(list|dict|set|bytearray|bytes)\(\)|(collections\.)?(defaultdict\((list|dict|set)\)|OrderedDict\(\)))/y;

/** Is the collection of that name, which is not empty, made without anything in it? What is no attribute at the beginning of a line. */
export function isMadeEmpty(name: string, text: string): boolean {
  const before = name.startsWith('self.') ? /[^\w.]/ : /[\n\r\u2028\u2029]/;
  // A text is searched for a name in a tenth of the time that an expression takes.
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    madeEmpty.lastIndex = at + name.length;
    if ((at === 0 || before.test(text.charAt(at - 1))) && madeEmpty.test(text)) return true;
  }
  return false;
}
