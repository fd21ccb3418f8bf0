import type { Node } from 'web-tree-sitter';
import { answersOrSpares, handedOver, runsSeldom } from '../../handedOver';
import type { Growth } from '../../rule';
import { ancestorsOf, contains, partsOf } from '../../syntax';
import { argumentsOf, arrayOf, calleeName, callTaking, escaped, isFunction, type SourceFile } from './file';
import { orMeanwhile } from './given';

/** What an array is called that holds what waits. */
const waiting = /queue|pending|backlog|outbox|inbox|wait|unsent|outgoing|incoming|buffer|postponed|deferred|offline/i;

/** Arrays from whose front something is taken too, and which are as long as what was asked for, or short by design. */
const noQueue =
  /history|recent|latest|window|sampl|times|stamp|stack|args|argv|token|parts?$|segment|point|undo|redo|crumb|steps?$|chars|lines?$|words|path|waiter|resolve|release|confirm|lock|mutex|hook|middleware|plugin|task_?fns|migration|deps|route|schema|names?$|keys$|rules|nodes|children|worker|socket|client|peer/i;

/** Methods of a stream, which runs them one at a time, and functions that give way to those who wait. */
const ownPace =
  /^_(write|writev|transform|read|final|flush)$|acquire|lock|enter|limit|throttle|mutex|semaphore|^_*(use|wait\w*)$|subscri|regist/i;

/** An array of the module or of a class that is made longer once for each item, or that one function fills and another empties. */
export function queueOf(push: Node, file: SourceFile, perItem: () => Growth | null): Growth | null {
  const growth = file.outlivesCalls(arrayOf(push)) ? perItem() : null;
  return orMeanwhile(growth, () => betweenFunctions(push, file));
}

/** `this.queue.push(item)` in one method, `this.queue.shift()` in another. */
function betweenFunctions(push: Node, file: SourceFile): Growth | null {
  const array = arrayOf(push).replace(/\[[^[\]]*\]|[?!]/g, '');
  const name = /^(?:[\w$#]+\.)+([\w$#]+)$/.exec(array)?.[1] ?? (file.outlivesCalls(array) ? array : '');
  if (name === '' || answersOrSpares.test(name) || (noQueue.test(name) && !waiting.test(name))) return null;
  if (!file.says(`(?<![\\w$])${escaped(name)}\\b([^=\\n]*= |\\s*: )(\\[\\]|new Array\\()`)) return null;
  const around = namedAround(push, file);
  if (
    !around ||
    /^[A-Z]/.test(around.name) ||
    runsSeldom(around.name) ||
    ownPace.test(around.name) ||
    !holdsItem(push, around.node)
  )
    return null;
  const take = takenAt(name, around.node, array, file);
  return take ? handedOver({ put: push, name: around.name, around: around.node }, take) : null;
}

/** The function whose call runs the place, through callbacks on the way. */
function namedAround(place: Node, file: SourceFile): { node: Node; name: string } | null {
  for (const node of ancestorsOf(place)) {
    if (!isFunction(node)) continue;
    const pair = node.parent?.type === 'pair' ? node.parent.childForFieldName('key')?.text : undefined;
    const name = file.nameOf(node) || pair;
    if (name) return { node, name };
    if (/^(on|once|addListener|setTimeout|setInterval)$/.test(calleeName(callTaking(node) ?? node))) return null;
  }
  return null;
}

/** Does it put in something that its function is handed, for whose end nobody waits? */
function holdsItem(push: Node, around: Node): boolean {
  const [call] = push.descendantsOfType('call_expression');
  const put = (call ? argumentsOf(call) : []).map(({ text }) => text).join(' ');
  const parameters = around.childForFieldName('parameters')?.descendantsOfType('identifier') ?? [];
  const single = around.childForFieldName('parameter');
  const anything = parameters.length > 0 || single !== null || /\barguments\b/.test(around.text);
  // Whoever is handed the promise waits.
  const promised = /\bresolve\b/.test(put) && /\breject\b/.test(put);
  return anything && !promised && put !== '' && !/^(resolve|release|cb|callback|\d+|['"].*['"])$/.test(put);
}

/** Where another function takes from its front; of what is called after waiting also where it goes through all of it. */
function takenAt(name: string, around: Node, array: string, file: SourceFile): Node | null {
  const elsewhere = file.callsOn(name).filter((call) => !contains(around, call));
  const first = elsewhere.find(takesFirst);
  if (first) return first;
  if (!waiting.test(array) || !(isEmptied(name, file) || isKeptFor(name, file))) return null;
  const walks = elsewhere.filter((call) => /^(forEach|map|concat|slice|join)$/.test(calleeName(call)));
  const all = [...walks, ...goneThrough(name, file)].find((each) => !contains(around, each));
  return all && !isTimed(all, file) ? all : null;
}

/** Is it made empty again, beside where it is made? */
function isEmptied(name: string, { text }: SourceFile): boolean {
  const made = text.match(new RegExp(`(?<![\\w$])${escaped(name)}(\\[[^\\]\\n]*\\])? = \\[\\]`, 'g')) ?? [];
  return made.length > 1 || new RegExp(`(?<![\\w$])${escaped(name)}\\.(length = 0|splice\\(0)`).test(text);
}

/** Does its name say that it waits for something to come back, and nothing throws it away? */
const isKeptFor = (name: string, { text }: SourceFile): boolean =>
  /offline|pending|unsent|backlog/i.test(name) && !new RegExp(`delete [\\w.]*${escaped(name)}`).test(text);

/** `for (const each of this.waiting)`, `const all = this.waiting;`. */
const goneThrough = (name: string, { root, text }: SourceFile): Node[] =>
  [...text.matchAll(new RegExp(`(?:\\bof|=) (?:[\\w$]+\\.)*${escaped(name)}\\s*[;)]`, 'g'))].flatMap(
    ({ index }) => root.descendantForIndex(index + 3) ?? [],
  );

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

/** Does the place make an array longer? */
export const isPush = (place: Node): boolean =>
  calleeName((place.type === 'call_expression' ? place : partsOf(place)[0]) ?? place) === 'push';

/** A limit on the length of an array that is handed over: a comparison, or a setting that is called so. */
export function keptShort(push: Node, file: SourceFile): string | null {
  const own = escaped(/([\w$#]+)(\[[^[\]]*\]|[?!])*$/.exec(arrayOf(push))?.[1] ?? '');
  if (own === '') return null;
  const text = file.classText(push);
  const compared = `(?<![\\w$])${own}(\\[[^\\]]*\\])?[?!]?\\.length\\s*(>=?|<=?|===?|-)\\s*(?![01]\\b|[=\\s])`;
  const reversed = `\\b\\w*(max|limit|cap|size|bound)\\w*\\s*[<>]=?\\s*[\\w.]*\\b${own}\\.length`;
  const named = `\\bmax\\w*(queue|pending|backlog|buffer)\\w*|\\b\\w*(queue|pending|backlog|buffer)_?(limit|max|capacity)\\w*|highWaterMark`;
  for (const [pattern, flags] of [
    [compared, ''],
    [reversed, 'i'],
    [named, 'i'],
  ] as const) {
    const guard = new RegExp(pattern, flags).exec(text)?.[0];
    if (guard !== undefined) return `\`${guard}\` in the file`;
  }
  return null;
}
