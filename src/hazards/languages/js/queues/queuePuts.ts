import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, callTaking, escaped, isFunction, type SourceFile } from '../file';
import { knownAs } from '../arrivals/given';
import { borrowing, waiting } from './queueNames';

/** A queue of a library or of the program, made without a size. */
export const newQueue = 'new [\\w$.]*(?:Queue|Deque|Denque|Yallist|LinkedList|F[Ii][Ff][Oo])\\(\\)';

const ownQueue = `(?<=[=:] )${newQueue}`;

/** Is it a field that is made as an array, one that is handed in, or an array that the function shares with others? */
export function isKept(array: string, name: string, around: Node, file: SourceFile): boolean {
  const field = `(?<![\\w$])${escaped(name)}\\b`;
  const made = `(\\[\\]|new Array\\(|${ownQueue})`;
  if (array !== name) return file.says(`${field}([^=\\n]*= |['"]?\\s*: )${made}`);
  if (file.outlivesCalls(name) || file.isShared(name, around)) return true;
  return waiting.test(name) && file.says(`${field}: ${made}`) && !file.says(`\\b(const|let|var) ${field} = `);
}

export const isConstructor = (name: string, file: SourceFile): boolean =>
  /^[A-Z]/.test(name) && file.says(`\\bnew ${escaped(name)}\\b|\\b${escaped(name)}\\.prototype\\b`);

/** The function whose call runs the place, through callbacks on the way. */
export function namedAround(place: Node, file: SourceFile): { node: Node; name: string } | null {
  let inner: { node: Node; name: string } | null = null;
  for (const node of ancestorsOf(place)) {
    if (!isFunction(node)) continue;
    const pair = node.parent?.type === 'pair' ? node.parent.childForFieldName('key')?.text : undefined;
    const name = file.nameOf(node) || pair;
    // `const put = () => queue.push(job)` inside of what is handed the job.
    if (name && (parametersIn(node) || !file.functionAround(node))) return { node, name };
    if (name) inner ??= { node, name };
    const taken = callTaking(node);
    const taking = taken?.childForFieldName('function')?.type === 'super' ? 'super' : calleeName(taken ?? node);
    if (/^(once|setTimeout|setInterval)$/.test(taking)) return null;
    if (/^(on|addListener)$/.test(taking)) {
      const event = knownAs(node, file) ?? '';
      return event === '' ? null : { node, name: event };
    }
    if (taking !== '' && !runsOnce.test(taking) && isHandedIt(node, place)) return { node, name: taking };
  }
  return inner;
}

/** Is what is put in a parameter of the callback itself: `consume(name, (message) => queue.push(message))`? */
function isHandedIt(callback: Node, push: Node): boolean {
  const parameters = callback.childForFieldName('parameters') ?? callback.childForFieldName('parameter');
  const put = putBy(push);
  return /^[\w$]+$/.test(put) && /[\w$]+/.exec(parameters?.text ?? '')?.[0] === put;
}

/** Whoever calls these is called back once, or with each of a list. */
const runsOnce =
  /^(__\w+|once|forEach|map|filter|flatMap|Promise|try|then|catch|finally|setTimeout|setInterval|setImmediate|nextTick|each\w*|some|every|find\w*|reduce\w*|sort|keys|walk\w*|visit\w*|traverse|replace|get\w*|read\w*|fetch\w*|load\w*|parse\w*|resolve\w*|createServer|parallel|series|waterfall|query|use|require|define|exec\w*|request)$/i;

/** What is put in. */
export function putBy(push: Node): string {
  const [call] = push.descendantsOfType('call_expression');
  return (call ? argumentsOf(call) : []).map(({ text }) => text).join(' ');
}

/** Is the function handed anything? */
const parametersIn = (around: Node): boolean =>
  (around.childForFieldName('parameters')?.namedChildCount ?? 0) > 0 ||
  around.childForFieldName('parameter') !== null ||
  /\barguments\b/.test(around.text);

/** `write(chunk, encoding, callback)`: whoever writes into a stream waits for the callback. */
export const isOfStream = ({ node, name }: { node: Node; name: string }): boolean =>
  /^_(write|writev|transform|read|final|flush)$/.test(name) ||
  /^\(\s*\w+,\s*enc(oding)?,\s*\w+\s*\)/.test(textIn(node, 'parameters'));

/** `this.queue.push(chunk); …; next();`: the stream that writes is told to go on, whatever waits. */
export function isCalledBackAtOnce(push: Node, around: Node): boolean {
  const body = around.childForFieldName('body');
  const told = (around.childForFieldName('parameters')?.text.match(/[\w$]+/g) ?? []).at(-1) ?? '';
  if (body?.id !== push.parent?.id || !/^(cb|callback|next|done|fn)$/.test(told)) return false;
  return partsOf(body ?? around).some(({ text }) => new RegExp(`^(return )?${told}\\(`).test(text));
}

/** A function that is called when its turn comes. */
export const holdsCallback = /^(cb|callback|done|next|fn)$/;
export const holdsAsked = /^\{[^{}]*\b(cb|callback)\b[^{}]*\}$/;

/** Does its name say that callers wait in it for something to become free? */
export const isWaitedIn = (name: string): boolean => /wait|pending|queue|backlog/i.test(name) || borrowing.test(name);

/** Does it put in something that its function is handed, or what was gathered of that, for whose end nobody waits? */
export function holdsItem(push: Node, around: Node): boolean {
  const put = putBy(push);
  const gatheredBefore = /^this[.[]\w+\]?$/.test(put) && waiting.test(put);
  const anything = parametersIn(around) || gatheredBefore;
  // Whoever is handed the promise waits.
  const promised = settles(`${put} ${madeAs(put, around)}`) || /\breturn \w+\.promise\b/.test(around.text);
  return (
    anything &&
    !promised &&
    put !== '' &&
    !/^(\{? ?(resolve|reject|release)\b[\w: ]*\}?|listener|handler|hook|\d+|['"].*['"])$/.test(put)
  );
}

const settles = (text: string): boolean => /\bresolve\b/.test(text) && /\breject\b/.test(text);

/** What the function makes under the name: `{ id, resolve, reject }`. */
const madeAs = (name: string, around: Node): string =>
  /^\w+$/.test(name) ? (new RegExp(`\\b(?:const|let|var) ${name} = (\\{[^}]*\\})`).exec(around.text)?.[1] ?? '') : '';
