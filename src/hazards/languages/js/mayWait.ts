import { answersOrSpares } from '../../handedOver';
import type { Words } from '../../rule';
import { namesBefore } from '../../words';
import { escaped } from './file';
import { gathered, noQueue, waiting } from './queues';

/** `queue` of `this.queue`, `this[queue]`, `queues[key]!`. */
const held = /(?:\bthis\[)?([\w$]+)[?!\]]?(?:\[[^[\]]*\])?[?!]?$/;

/** An array in which things may wait: one that outlives its calls, or that is emptied too. Any other push is not worth a look. */
export const mayWait: Words = {
  test(text) {
    const put = namesBefore(text, /\.(?:push|unshift)\(/g, held);
    if (put.size === 0) return false;
    const taken = namesBefore(text, /\.(?:shift|splice|at)\(/g, held);
    return [...put].some((name) => waitsFor(name, taken, text) || lasts(name, text));
  },
};

function waitsFor(name: string, taken: ReadonlySet<string>, text: string): boolean {
  const queue = waiting.test(name);
  if (answersOrSpares.test(name) || (noQueue.test(name) && !queue)) return false;
  if (!queue && !taken.has(name) && !(gathered.test(name) && isReplaced(name, text))) return false;
  return new RegExp(`(?<![\\w$])${escaped(name)}\\b\\]?([^=\\n]*= |\\s*: )(\\[\\]|new Array\\()`).test(text);
}

const isReplaced = (name: string, text: string): boolean =>
  new RegExp(`(?<![\\w$])${escaped(name)}\\]?\\.(length = 0|splice\\(0)`).test(text) ||
  (text.match(new RegExp(`(?<![\\w$])${escaped(name)}\\]?(\\[[^\\]\\n]*\\])?(: [^=;\\n]+)?( =|: \\[)(?!=)`, 'g')) ?? [])
    .length > 1;

/** `const lines = []` of the module, `lines = []` of a class. */
const lasts = (name: string, text: string): boolean =>
  new RegExp(
    `^(export )?(const|let|var) ${escaped(name)}\\b[^=\\n]*=\\s*\\[\\]|^\\s+((private|readonly|static|public|protected|declare) )*#?${escaped(name)}[?!]?\\s*(:[^=;()]+)? = \\[\\]|^\\s+\\}[>)\\]]* = \\[\\]`,
    'm',
  ).test(text);
