import type { Words } from '../../../rule';
import { namesBefore } from '../../../words';
import { escaped } from '../file';
import { heaped, isOfAnswers, noQueue, waiting } from './queueNames';
import { ownQueue } from './queuePuts';
import { isEmptied } from './queueTakes';

/** `queue` of `this.queue`, `this[queue]`, `queues[key]!`. */
const held = /(?:\bthis\[)?([\w$]+)[?!\]]?(?:\[[^[\]]*\])?[?!]?$/;

/** An array in which things may wait: one that outlives its calls, or that is emptied too. Any other push is not worth a look. */
export const mayWait: Words = {
  test(text) {
    const put = namesBefore(text, /\.(?:push|unshift|enqueue)\(/g, held);
    const made = put.size === 0 ? put : namesOfArrays(text);
    const filled = [...put].filter((name) => made.has(name));
    if (filled.length === 0) return false;
    const taken = namesBefore(text, /\.(?:shift|splice|at|dequeue|poll)\(/g, held);
    return filled.some((name) => waitsFor(name, taken, text) || lasts(name, text));
  },
};

const made = new RegExp(`[=:] (?:\\[\\]|new Array\\()|${ownQueue}`, 'g');

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

function waitsFor(name: string, taken: ReadonlySet<string>, text: string): boolean {
  if (taken.has(name)) return true;
  const queue = waiting.test(name);
  if (isOfAnswers(name) || (noQueue.test(name) && !queue)) return false;
  return queue || (heaped.test(name) && isEmptied(name, { text }));
}

/** `const lines = []` of the module, `lines = []` of a class. */
const lasts = (name: string, text: string): boolean =>
  new RegExp(`^(export )?(const|let|var) ${escaped(name)}\\b[^=\\n]*=\\s*\\[\\]`, 'm').test(text) ||
  new RegExp(
    `\\n[ \\t]+((private|readonly|static|public|protected|declare) )*#?${escaped(name)}[?!]?\\s*(:[^=;()]+)? = \\[\\]`,
  ).test(text);
