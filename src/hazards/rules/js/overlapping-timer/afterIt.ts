import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, stepOf, type Fix } from '../../../fixes/edits';
import { argumentsOf, callTaking, isAsync } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { behind, stopOf } from '../lines';

/** A timer that is set again when the work is done, where nobody holds the one that is. */
export function afterIt(handler: Node, _growth: Growth, text: string): Fix | null {
  const call = callTaking(handler);
  const statement = call?.parent;
  const period = call && argumentsOf(call)[1];
  const taken = /\b(work|workAgain)\b/.test(text);
  const inline = handler.type === 'arrow_function' && isAsync(handler);
  if (
    !call ||
    !period ||
    !inline ||
    statement?.type !== 'expression_statement' ||
    argumentsOf(call).length !== 2 ||
    taken
  )
    return null;
  const end = newlineOf(text);
  const indent = indentOf(statement, text);
  const stop = stopOf(statement);
  const lines = [
    'function workAgain() {',
    `${stepOf(text)}setTimeout(() => void work().finally(workAgain), ${period.text})${stop}`,
    '}',
    `workAgain()${stop}`,
  ];
  return {
    id: 'js/overlapping-timer/after-it',
    title: 'Start the timer again when the work is done',
    edits: [
      { start: call.startIndex, end: handler.startIndex, text: 'const work = ' },
      {
        start: handler.endIndex,
        end: statement.endIndex,
        text: stop + lines.map((line) => end + indent + line).join('') + behind(call, statement, text),
      },
    ],
  };
}
