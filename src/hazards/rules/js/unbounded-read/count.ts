import type { Node } from 'web-tree-sitter';
import type { Edit, Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName } from '../../../languages/js/file';
import { optionsAt } from '../../../languages/js/clients';
import { partsOf } from '../../../syntax';

const most = 100;

/** `'COUNT', 100` before the words of ioredis, or `COUNT: 100` in the options of node-redis. */
export function count(call: Node): Fix | null {
  const name = calleeName(call);
  // What something is read whole for decides what to do with the rest.
  if (!/^x[rR]ead([gG]roup)?$/.test(name)) return null;
  const given = argumentsOf(call);
  const edit =
    name === name.toLowerCase() ? inWords(given[name === 'xread' ? 0 : 3]) : inOptions(given, optionsAt[name] ?? 0);
  return edit && { id: 'js/unbounded-read/count', title: `Read at most ${most} at once (COUNT)`, edits: [edit] };
}

function inWords(next: Node | undefined): Edit | null {
  if (next?.type !== 'string') return null;
  const quote = next.text.charAt(0);
  return { start: next.startIndex, end: next.startIndex, text: `${quote}COUNT${quote}, ${most}, ` };
}

function inOptions(given: readonly Node[], at: number): Edit | null {
  const options = given[at];
  const last = given.at(-1);
  if (!options)
    return last && given.length === at
      ? { start: last.endIndex, end: last.endIndex, text: `, { COUNT: ${most} }` }
      : null;
  const [first] = partsOf(options);
  return first ? { start: first.startIndex, end: first.startIndex, text: `COUNT: ${most}, ` } : null;
}
