import type { Node } from 'web-tree-sitter';
import { newlineOf, type Fix } from '../../../fixes/edits';
import { calleeName } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { importing } from '../imports';

const atOnce = 4;

/** So many at once for the whole module: the next one starts when one has ended. */
export function limited(started: Node, _growth: Growth, text: string): Fix | null {
  const [line] = importing(started, text, 'pLimit', 'p-limit') ?? [];
  const isPromise = calleeName(started) === 'execa';
  const events = isPromise ? [] : importing(started, text, '{ once }', 'node:events');
  if (started.parent?.type !== 'expression_statement' || !line || !events || /\blimit\b/.test(text)) return null;
  const stop = line.text.endsWith(';') ? ';' : '';
  const end = newlineOf(text);
  const made = `${events.map((edit) => edit.text).join('')}${line.text}${end}${end}const limit = pLimit(${atOnce})${stop}`;
  const [before, after] = isPromise ? ['', ''] : ['once(', ", 'exit')"];
  return {
    id: 'js/unbounded-executor/p-limit',
    title: `Run at most ${atOnce} at once (p-limit)`,
    edits: [
      { ...line, text: made },
      { start: started.startIndex, end: started.startIndex, text: `void limit(() => ${before}` },
      { start: started.endIndex, end: started.endIndex, text: `${after})` },
    ],
  };
}
