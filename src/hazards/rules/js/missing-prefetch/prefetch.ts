import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { isAsync, isFunction } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';
import { stopOf } from '../lines';

const credit = 10;

/** `channel.prefetch(10)` above the consumer, awaited where that can be. */
export function prefetch(call: Node, { settledEarly, doubt }: Growth, text: string): Fix | null {
  // It would overrule the one that an option sets.
  if (doubt?.endsWith('is set')) return null;
  const channel = call.childForFieldName('function')?.childForFieldName('object');
  const statement = statementIn(call, ['statement_block', 'program']);
  if (settledEarly !== null || !statement || !channel || !/^(this\.)?[\w$]+$/.test(channel.text)) return null;
  const around = [...ancestorsOf(statement)].find(isFunction);
  // A promise that nobody awaits would end the process when it is rejected.
  const awaited = call.parent?.type === 'await_expression' || (around && isAsync(around)) ? 'await ' : '';
  const line = linesAbove(statement, text, [`${awaited}${channel.text}.prefetch(${credit})${stopOf(statement)}`]);
  return (
    line && {
      id: 'js/missing-prefetch/prefetch',
      title: `Let the broker send at most ${credit} unfinished messages (prefetch)`,
      edits: [line],
    }
  );
}
