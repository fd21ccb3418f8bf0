import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains, textIn } from '../../../syntax';
import { calleeName, callTaking, escaped, isFunction, type SourceFile } from '../file';
import { gathered, heaped, waiting } from './queueNames';
import { holdsItem, isCalledBackAtOnce, putBy } from './queuePuts';

/** Where something is put in, and the function around it. */
export interface Put {
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
export function takenAt(name: string, array: string, { put, around }: Put, file: SourceFile): Node | null {
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
  // Events, spans or packets that are gone through are as many as one turn or period brings.
  if (!waiting.test(name) && !heaped.test(name)) return null;
  if (!isEmptied(name, file) && !isKeptFor(name, file)) return null;
  // A copy or a text of it leaves all that is in it.
  const atOnce = isCalledBackAtOnce(put, around);
  const walks = elsewhere.filter((call) =>
    (atOnce ? /^(forEach|map|filter|concat|slice|join)$/ : /^forEach$/).test(calleeName(call)),
  );
  const all = [...walks, ...goneThrough(name, file)].find((each) => !contains(around, each));
  return all && (atOnce || !isTimed(all, file)) ? all : null;
}

/** `if (!connected) buffer.push(item)`, `if (!socket) { buffer.push(item); return; }` */
function isPutOnlyWithout(put: Node): boolean {
  const check = [...ancestorsOf(put)].find(({ type }) => type === 'if_statement');
  const then = check?.childForFieldName('consequence');
  return then != null && contains(then, put) && /^\(\s*!\s*[\w$.]+\s*\)$/.test(textIn(check, 'condition'));
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
export function takesFirst(call: Node): boolean {
  const method = calleeName(call);
  return /^(shift|dequeue|poll)$/.test(method) || (/^(splice|at)$/.test(method) && call.text.includes('(0'));
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

/** What is lent and given back is as long as the program is wide, what is thrown out by its age as long as its time. */
export const lentOrTimed =
  /free|idle|avail|unused|recycl|cache|pool|spare|times?$|stamps?$|history|recent|latest|window|sampl|undo|redo|stack|expired/i;

/** Whoever is told when it is done waits for that, and a number or text of the program holds nothing. */
const toldOrConstant =
  /^(|\d+|['"][^'"]*['"]|true|false|null)$|\b(resolve|reject|resolver|cb|callback|done|next|fn|func|listener|promise|deferred|defer)\b/i;

/** Where another function takes one from its front. */
export function takenInTurn(name: string, { put, around }: Put, file: SourceFile): Node | null {
  if (lentOrTimed.test(name) || toldOrConstant.test(putBy(put)) || !holdsItem(put, around)) return null;
  if (/\bnew Promise\(/.test(around.text)) return null;
  const first = file
    .callsOn(name)
    .find((call) => takesFirst(call) && !isAllTaken(call) && (!contains(around, call) || isLater(call, put, around)));
  return first && !isStack(put, first) ? first : null;
}

/** `queue.splice(0)` without how many. */
const isAllTaken = (call: Node): boolean => calleeName(call) === 'splice' && !call.text.includes(',');
