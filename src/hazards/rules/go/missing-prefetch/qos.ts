import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';

const credit = 10;

/** `ch.Qos(10, 0, false)` above the consumer, in a function that can hand its error on. */
export function qos(call: Node, { settledEarly }: Growth, text: string): Fix | null {
  const channel = call.childForFieldName('function')?.childForFieldName('operand');
  const statement = statementIn(call, ['statement_list']);
  const around = [...ancestorsOf(call)].find(({ type }) => /^(func_literal|(function|method)_declaration)$/.test(type));
  const handsOn = around?.childForFieldName('result')?.text === 'error';
  if (settledEarly !== null || !statement || !channel || !handsOn || !/^[\w.]+$/.test(channel.text)) return null;
  const lines = linesAbove(statement, text, [
    `if err := ${channel.text}.Qos(${credit}, 0, false); err != nil {`,
    '\treturn err',
    '}',
  ]);
  return (
    lines && {
      id: 'go/missing-prefetch/qos',
      title: `Let the broker send at most ${credit} unfinished messages (Qos)`,
      edits: [lines],
    }
  );
}
