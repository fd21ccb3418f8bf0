import type { Words } from '../../../rule';
import { fewOf, heaped, isOfAnswers, noQueue, waiting } from './queueNames';
import { namesBefore } from '../../../words';
import { newQueue } from './queuePuts';
import { isEmptied, lentOrTimed } from './queueTakes';

/** `queue` of `this.queue`, `this[queue]`, `queues[key]!`. */
const held = /(?:\bthis\[)?([\w$]+)[?!\]]?(?:\[[^[\]]*\])?[?!]?$/;

/** What is put in. Not by what TypeScript writes for each asynchronous generator, and not in a comment. */
const puts = /\.(?:push|unshift|enqueue)\((?!\[n, v, a, b\])(?<!^\s*\/\/.*)/gm;

/** An array in which things may wait: one that outlives its calls, or that is emptied too. Any other push is not worth a look. */
export const mayWait: Words = {
  test(text) {
    const put = namesBefore(text, puts, held);
    const made = put.size === 0 ? put : namesOfArrays(text);
    const filled = [...put].filter((name) => made.has(name));
    if (filled.length === 0) return false;
    const one = namesBefore(text, /\.(?:(?:shift|dequeue|poll)\(|(?:splice|at)\((?=0|[^]{0,400}?\(0))/g, held);
    const some = namesBefore(text, /\.splice\(/g, held);
    if (filled.some((name) => waitsFor(name, { one, some }, text))) return true;
    const lasting = namesThatLast(text);
    return filled.some((name) => lasting.has(name));
  },
};

const made = new RegExp(`[=:] (?:\\[\\]|new Array\\(|${newQueue})`, 'g');

/** All words of the lines that make an array, before it. */
function namesOfArrays(text: string): Set<string> {
  const names = new Set<string>();
  for (const { index } of text.matchAll(made)) {
    const line = text.slice(Math.max(text.lastIndexOf('\n', index), index - longestDeclaration), index);
    for (const [name] of line.matchAll(/[\w$]+/g)) names.add(name);
  }
  return names;
}

/** So far from its name is the array that a declaration makes. Characters. */
const longestDeclaration = 300;

/** What is taken from: from the front, and from anywhere. */
interface Taken {
  one: ReadonlySet<string>;
  some: ReadonlySet<string>;
}

function waitsFor(name: string, { one, some }: Taken, text: string): boolean {
  if (fewOf.test(name)) return false;
  const [queue, first] = [waiting.test(name), one.has(name)];
  if (first && !lentOrTimed.test(name)) return true;
  if (isOfAnswers(name) || (noQueue.test(name) && !queue)) return false;
  return queue || first || some.has(name) || (heaped.test(name) && isEmptied(name, { text }));
}

/** `const lines = []` of the module, `lines = []` of a class, which is filled as `this.lines`. */
function namesThatLast(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, name = ''] of text.matchAll(/^(?:export )?(?:const|let|var) ([\w$]+)\b[^=\n]*=\s*\[\]/gm))
    names.add(name);
  for (const { index } of text.matchAll(/ = \[\]/g)) {
    const start = Math.max(...['=', ';', '(', ')'].map((sign) => text.lastIndexOf(sign, index - 1)));
    for (const [, name = ''] of text.slice(start + 1, index).matchAll(fields))
      if (['', '#'].some((sign) => text.includes(`this.${sign}${name}`))) names.add(name);
  }
  return names;
}

/** The beginning of a line that declares a field, up to its type. */
const fields = /\n(?=[ \t]+(?:(?:private|readonly|static|public|protected|declare) )*#?([\w$]+)[?!]?\s*(?::[^]|$))/g;
