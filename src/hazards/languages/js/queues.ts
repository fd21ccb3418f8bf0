import type { Node } from 'web-tree-sitter';
import { answersOrSpares, handedOver, runsSeldom } from '../../handedOver';
import type { Growth } from '../../rule';
import { ancestorsOf, contains, partsOf } from '../../syntax';
import { argumentsOf, arrayOf, calleeName, callTaking, escaped, isFunction, type SourceFile } from './file';
import { knownAs, orMeanwhile } from './given';
import { limitUnlessSet } from './lengths';
import { madeAt } from './madeQueues';
import { isAskedFor, reading } from './readables';

/** What an array is called that holds what waits. */
export const waiting =
  /queue|pending|backlog|outbox|inbox|wait|unsent|outgoing|incoming|buffer|postponed|deferred|offline|held|to_?send/i;

/** What the array is called of which all is taken at once. */
export const gathered =
  /(^|_|[a-z])(messages?|msgs|packets?|frames?|tasks?|jobs?|batch|bulk|events|records|entries|items|docs|logs|stash|spool|yields|transmissions|deliveries|publishes|payloads|spans|metrics|writes)$/i;

/** Arrays from whose front something is taken too, and which are as long as what was asked for, or short by design. */
export const noQueue =
  /history|recent|latest|window|sampl|times|stamp|stack|args|argv|token|parts?$|segment|point|undo|redo|crumb|steps?$|chars|lines?$|words|path|waiter|resolve|release|confirm|lock|mutex|hook|middleware|plugin|task_?fns|migration|deps|route|schema|names?$|keys$|rules|nodes|children|worker|socket|client|peer|server|host|addr|endpoint|fns?$|cleanup/i;

/** Methods of a stream, which runs them one at a time, and functions that give way to those who wait. */
const ownPace =
  /^_(write|writev|transform|read|final|flush)$|acquire|lock|enter|limit|throttle|mutex|semaphore|^_*(use|wait\w*|nextTick)$|subscri|regist|respon|result/i;

/** An array of the module or of a class that is made longer once for each item, or that one function fills and another empties. */
export function queueOf(push: Node, file: SourceFile, perItem: () => Growth | null): Growth | null {
  const growth = file.outlivesCalls(arrayOf(push)) ? perItem() : null;
  const found = orMeanwhile(growth, () => betweenFunctions(push, file));
  return found && toldWhereMade(found, push, file);
}

/** A queue is told where it is made: several functions may fill it, and its limit belongs there. */
function toldWhereMade(growth: Growth, push: Node, file: SourceFile): Growth {
  const name = /([\w$#]+)$/.exec(plainName(arrayOf(push), file))?.[1];
  const made = name === undefined ? null : madeAt(name, push, file);
  if (!made) return growth;
  const { meanwhile } = growth;
  return { ...growth, made, ...(meanwhile ? { meanwhile: { ...meanwhile, made } } : {}) };
}

/** Does it hold answers or spares, rather than what waits `ForConnect` or is `ReadyToSend`? */
export const isOfAnswers = (name: string): boolean =>
  answersOrSpares.test(name.replace(/(?<=wait\w*|pending\w*)(For|Until)[A-Z]\w*$/i, '')) &&
  !borrowing.test(name) &&
  !/to_?send$/i.test(name);

/** `this.waiting` of `this[waiting]`, a field whose name is a symbol, and of `this.waiting[key]`. */
const plainName = (array: string, file: SourceFile): string =>
  array
    .replace(/^this\[([\w$]+)\]/, (all, name: string) =>
      file.says(`\\b${escaped(name)} = Symbol\\b`) ? `this.${name}` : all,
    )
    .replace(/\[[^[\]]*\]|[?!]/g, '');

/** `this.queue.push(item)` in one method, `this.queue.shift()` in another. */
function betweenFunctions(push: Node, file: SourceFile): Growth | null {
  const array = plainName(arrayOf(push), file);
  const name = /^(?:[\w$#]+\.)*([\w$#]+)$/.exec(array)?.[1] ?? '';
  if (name === '' || isOfAnswers(name)) return null;
  if (noQueue.test(name) && !waiting.test(name)) return null;
  const around = namedAround(push, file);
  if (!around || !isKept(array, name, around.node, file)) return null;
  if (isConstructor(around.name, file) || (runsSeldom(around.name) && around.name !== 'createConnection')) return null;
  if (
    ((ownPace.test(around.name) || isOfStream(around.node)) && !isCalledBackAtOnce(push, around.node)) ||
    isAskedFor(push, file, reading) ||
    !holdsItem(push, around.node)
  )
    return null;
  const take = takenAt(name, array, { put: push, around: around.node }, file);
  if (holdsAsked.test(putBy(push)) && !isWaitedIn(name) && !waiting.test(name)) return null;
  if (!take || (holdsCallback.test(putBy(push)) && !(takesFirst(take) && isWaitedIn(name)))) return null;
  const growth = handedOver({ put: push, name: around.name, around: around.node }, take);
  const limit = limitUnlessSet(push, file);
  return limit === null ? growth : { ...growth, doubt: `${growth.doubt ?? ''}, and whether \`${limit}\` is set` };
}

/** Is it a field that is made as an array, one that is handed in, or an array that the function shares with others? */
function isKept(array: string, name: string, around: Node, file: SourceFile): boolean {
  const field = `(?<![\\w$])${escaped(name)}\\b`;
  const made = '(\\[\\]|new Array\\()';
  if (array !== name) return file.says(`${field}([^=\\n]*= |['"]?\\s*: )${made}`);
  if (file.outlivesCalls(name) || file.isShared(name, around)) return true;
  return waiting.test(name) && file.says(`${field}: ${made}`) && !file.says(`\\b(const|let|var) ${field} = `);
}

const isConstructor = (name: string, file: SourceFile): boolean =>
  /^[A-Z]/.test(name) && file.says(`\\bnew ${escaped(name)}\\b|\\b${escaped(name)}\\.prototype\\b`);

/** The function whose call runs the place, through callbacks on the way. */
function namedAround(place: Node, file: SourceFile): { node: Node; name: string } | null {
  let inner: { node: Node; name: string } | null = null;
  for (const node of ancestorsOf(place)) {
    if (!isFunction(node)) continue;
    const pair = node.parent?.type === 'pair' ? node.parent.childForFieldName('key')?.text : undefined;
    const name = file.nameOf(node) || pair;
    // `const put = () => queue.push(job)` inside of what is handed the job.
    if (name && (parametersIn(node) || !file.functionAround(node))) return { node, name };
    if (name) inner ??= { node, name };
    const taking = calleeName(callTaking(node) ?? node);
    if (/^(once|setTimeout|setInterval)$/.test(taking)) return null;
    if (!/^(on|addListener)$/.test(taking)) continue;
    const event = knownAs(node, file) ?? '';
    return event === '' ? null : { node, name: event };
  }
  return inner;
}

/** What is put in. */
function putBy(push: Node): string {
  const [call] = push.descendantsOfType('call_expression');
  return (call ? argumentsOf(call) : []).map(({ text }) => text).join(' ');
}

/** Is the function handed anything? */
const parametersIn = (around: Node): boolean =>
  (around.childForFieldName('parameters')?.namedChildCount ?? 0) > 0 ||
  around.childForFieldName('parameter') !== null ||
  /\barguments\b/.test(around.text);

/** `write(chunk, encoding, callback)`: whoever writes into a stream waits for the callback. */
const isOfStream = (around: Node): boolean =>
  /^\(\s*\w+,\s*enc(oding)?,\s*\w+\s*\)/.test(around.childForFieldName('parameters')?.text ?? '');

/** `this.queue.push(chunk); …; next();`: the stream that writes is told to go on, whatever waits. */
function isCalledBackAtOnce(push: Node, around: Node): boolean {
  const body = around.childForFieldName('body');
  const told = (around.childForFieldName('parameters')?.text.match(/[\w$]+/g) ?? []).at(-1) ?? '';
  if (body?.id !== push.parent?.id || !/^(cb|callback|next|done|fn)$/.test(told)) return false;
  return partsOf(body ?? around).some(({ text }) => new RegExp(`^(return )?${told}\\(`).test(text));
}

/** A function that is called when its turn comes. */
const holdsCallback = /^(cb|callback|done|next|fn)$/;
const holdsAsked = /^\{[^{}]*\b(cb|callback)\b[^{}]*\}$/;

/** Does its name say that callers wait in it for something to become free? */
const isWaitedIn = (name: string): boolean => /wait|pending|queue|backlog/i.test(name) || borrowing.test(name);
const borrowing = /borrow|acquir/i;

/** Does it put in something that its function is handed, or what was gathered of that, for whose end nobody waits? */
function holdsItem(push: Node, around: Node): boolean {
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

/** Where something is put in, and the function around it. */
interface Put {
  put: Node;
  around: Node;
}

/** Does a timer or listener inside of the function run it, or only once a connection is open? */
function isLater(call: Node, put: Node, around: Node): boolean {
  for (const outer of ancestorsOf(call)) {
    if (outer.id === around.id || contains(outer, put)) return false;
    const asked = /^(if|while)_statement$/.test(outer.type) ? outer.childForFieldName('condition') : null;
    if (asked && /ready|open(?!s)|connected/i.test(asked.text)) return true;
    if (!isFunction(outer)) continue;
    if (/^(setInterval|on|addListener)$/.test(calleeName(callTaking(outer) ?? outer))) return true;
  }
  return false;
}

/** What goes in where it comes out is a stack. */
const isStack = (put: Node, take: Node): boolean =>
  put.descendantsOfType('call_expression')[0]?.text.includes('.unshift(') === true && calleeName(take) === 'shift';

/** Where another function takes from its front; of what is called after waiting also where it goes through all of it. */
function takenAt(name: string, array: string, { put, around }: Put, file: SourceFile): Node | null {
  const elsewhere = file.callsOn(name).filter((call) => !contains(around, call) || isLater(call, put, around));
  const first = elsewhere.find(takesFirst);
  if (first) return isStack(put, first) && !waiting.test(name) ? null : first;
  const own = /^((this|self|that|_this|me)\b|[\w$#]+$)|\._/.test(array);
  // What a function shares with those inside it may be no more than its result.
  if (file.isShared(name, around) && !(waiting.test(name) && isPutOnlyWithout(put))) return null;
  // `result.items` and `frame.buffer` are parts of what is made.
  if (!(own ? waiting.test(array) || gathered.test(name) : waiting.test(name) && !/buffer/i.test(name))) return null;
  const one = /items|entries|docs|events|records/i.test(name)
    ? undefined
    : elsewhere.find((call) => calleeName(call) === 'splice');
  if (one) return one;
  if (!isEmptied(name, file) && !isKeptFor(name, file)) return null;
  const walks = elsewhere.filter((call) => /^(forEach|map|filter|concat|slice|join)$/.test(calleeName(call)));
  const all = [...walks, ...goneThrough(name, file)].find((each) => !contains(around, each));
  return all && (isCalledBackAtOnce(put, around) || !isTimed(all, file)) ? all : null;
}

/** `if (!connected) buffer.push(item)`, `if (!socket) { buffer.push(item); return; }` */
function isPutOnlyWithout(put: Node): boolean {
  const check = [...ancestorsOf(put)].find(({ type }) => type === 'if_statement');
  const then = check?.childForFieldName('consequence');
  return (
    then != null &&
    contains(then, put) &&
    /^\(\s*!\s*[\w$.]+\s*\)$/.test(check?.childForFieldName('condition')?.text ?? '')
  );
}

/** Is it made empty again, or replaced, beside where it is made? */
export function isEmptied(name: string, { text }: Pick<SourceFile, 'text'>): boolean {
  const made =
    text.match(new RegExp(`(?<![\\w$])${escaped(name)}\\]?(\\[[^\\]\\n]*\\])?(: [^=;\\n]+)?( =|: \\[)(?!=)`, 'g')) ??
    [];
  return made.length > 1 || new RegExp(`(?<![\\w$])${escaped(name)}\\.(length = 0|splice\\(0)`).test(text);
}

/** Does its name say that it waits for something to come back, and nothing throws it away? */
const isKeptFor = (name: string, { text }: SourceFile): boolean =>
  /offline|pending|unsent|backlog/i.test(name) && !new RegExp(`delete [\\w.]*${escaped(name)}`).test(text);

/** `for (const each of this.waiting)`, `this.waiting[i]`, `const all = this.waiting;`, `[all, this.waiting] = [this.waiting, []]`. */
const goneThrough = (name: string, { root, text }: SourceFile): Node[] => {
  const own = `(?:[\\w$]+\\.)*(?:this\\[)?${escaped(name)}`;
  const whole = `(?:\\bof |= |\\[)${own}\\]?(?:[ \\t]*\\n|\\s*[;)]|, \\[)`;
  const each = `(?<![\\w$.])${own}\\[[a-z]\\w?\\]`;
  return [...text.matchAll(new RegExp(`${whole}|${each}`, 'g'))].flatMap(
    ({ index }) => root.descendantForIndex(index + 3) ?? [],
  );
};

/** `queue.shift()`, `queue.splice(0, n)`, `queue.at(0)`. */
function takesFirst(call: Node): boolean {
  const method = calleeName(call);
  return method === 'shift' || (/^(splice|at)$/.test(method) && call.text.includes('(0'));
}

/** Emptied whole each period, it is as long as what comes in one. */
function isTimed(place: Node, file: SourceFile): boolean {
  for (const node of ancestorsOf(place)) {
    if (!isFunction(node)) continue;
    if (/^set(Interval|Timeout|Immediate)$/.test(calleeName(callTaking(node) ?? node))) return true;
    const name = file.nameOf(node);
    if (name !== '')
      return file.says(`\\b(set(Interval|Timeout|Immediate)|nextTick|queueMicrotask)\\([^;]*\\b${escaped(name)}\\b`);
  }
  return false;
}
