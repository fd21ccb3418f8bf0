import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';

const credit = 10;

/** `channel.prefetch(10)` above the consumer, awaited where the consumer is. */
export function prefetch(call: Node, { settledEarly, doubt }: Growth, text: string): Fix | null {
  // It would overrule the one that an option sets.
  if (doubt?.endsWith('is set')) return null;
  const channel = call.childForFieldName('function')?.childForFieldName('object');
  const statement = statementIn(call, ['statement_block', 'program']);
  if (settledEarly !== null || !statement || !channel || !/^(this\.)?[\w$]+$/.test(channel.text)) return null;
  const awaited = call.parent?.type === 'await_expression' ? 'await ' : '';
  const semicolon = statement.text.endsWith(';') ? ';' : '';
  const line = linesAbove(statement, text, [`${awaited}${channel.text}.prefetch(${credit})${semicolon}`]);
  return (
    line && {
      id: 'js/missing-prefetch/prefetch',
      title: `Let the broker send at most ${credit} unfinished messages (prefetch)`,
      edits: [line],
    }
  );
}
