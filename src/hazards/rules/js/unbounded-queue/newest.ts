import type { Node } from 'web-tree-sitter';
import { linesAbove, stepOf, type Fix } from '../../../fixes/edits';
import { argumentsOf, arrayOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { quoteOf } from '../imports';

const most = 1000;

/** Keeps the newest, and says when one is dropped. */
export function newest(statement: Node, _growth: Growth, text: string): Fix | null {
  const [call] = partsOf(statement);
  const array = arrayOf(statement);
  const given = call ? argumentsOf(call) : [];
  const inBlock = /^(statement_block|program)$/.test(statement.parent?.type ?? '');
  if (!/^[\w.]+$/.test(array) || given.length !== 1 || given[0]?.type === 'spread_element' || !inBlock) return null;
  const stop = statement.text.endsWith(';') ? ';' : '';
  const quote = quoteOf(text);
  const step = stepOf(text);
  const above = linesAbove(statement, text, [
    `if (${array}.length >= ${most}) {`,
    `${step}${array}.shift()${stop}`,
    `${step}console.warn(${quote}${array} is full: its oldest entry is dropped${quote})${stop}`,
    '}',
  ]);
  return (
    above && {
      id: 'js/unbounded-queue/newest',
      title: `Keep the newest ${most}, and say when one is dropped`,
      edits: [above],
    }
  );
}
