import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, stepOf, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { textIn } from '../../../syntax';
import { fieldFor } from '../fixing';
import { withImports } from '../imports';

/** What tells that an item is gone, by the method that is called: some say that it was refused, others give what they took out. */
const isGone: Readonly<Record<string, (call: string) => string>> = {
  offer: (call) => `!${call}`,
  tryPublish: (call) => `!${call}`,
  tryPublishEvent: (call) => `!${call}`,
  tryPublishEvents: (call) => `!${call}`,
  tryEmitNext: (call) => `${call}.isFailure()`,
  poll: (call) => `${call} != null`,
  pollFirst: (call) => `${call} != null`,
};

/** A counter in the class, raised when the queue refuses or something is taken out for it. */
export function counted(call: Node, _growth: Growth, text: string): Fix | null {
  const statement = call.parent?.type === 'expression_statement' ? call.parent : null;
  const gone = isGone[textIn(call, 'name')];
  if (call.type !== 'method_invocation' || !gone || !statement || /\bdropped\b/.test(text)) return null;
  const made = fieldFor(call, 'LongAdder dropped = new LongAdder();', text);
  if (!made || statement.parent?.type !== 'block') return null;
  const indent = indentOf(statement, text);
  const unit = stepOf(text);
  const lines = [`if (${gone(call.text)}) {`, `${unit}dropped.increment();`, '}'].join(`${newlineOf(text)}${indent}`);
  const asked = { start: statement.startIndex, end: statement.endIndex, text: lines };
  const edits = withImports(text, [made, asked], 'java.util.concurrent.atomic.LongAdder');
  return edits && { id: 'java/silent-drop/count', title: 'Count what is dropped (LongAdder)', edits };
}
