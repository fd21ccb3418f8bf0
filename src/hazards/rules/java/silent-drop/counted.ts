import type { Node } from 'web-tree-sitter';
import { indentOf, linesAbove, newlineOf, stepOf, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';
import { importsOf } from '../imports';

/** A counter in the class, raised when the queue refuses. */
export function counted(call: Node, _growth: Growth, text: string): Fix | null {
  const statement = call.parent?.type === 'expression_statement' ? call.parent : null;
  const method = [...ancestorsOf(call)].find(({ type }) => type === 'method_declaration');
  const isStatic = /\bstatic\b/.test(method?.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? '');
  if (call.type !== 'method_invocation' || !statement || !method || /\bdropped\b/.test(text)) return null;
  const imports = importsOf(text, 'java.util.concurrent.atomic.LongAdder');
  const field = `private${isStatic ? ' static' : ''} final LongAdder dropped = new LongAdder();`;
  const made = linesAbove(method, text, [field, '']);
  if (!imports || !made || statement.parent?.type !== 'block') return null;
  const indent = indentOf(statement, text);
  const unit = stepOf(text);
  const lines = [`if (!${call.text}) {`, `${unit}dropped.increment();`, '}'].join(`${newlineOf(text)}${indent}`);
  return {
    id: 'java/silent-drop/count',
    title: 'Count what is dropped (LongAdder)',
    edits: [...imports, made, { start: statement.startIndex, end: statement.endIndex, text: lines }],
  };
}
