import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { lineOf, partsOf } from '../../../syntax';
import { annotationName, annotationsOf, type JavaFile } from '../file';

/** `@Scheduled` and `@Async` together: each period has a thread of its own, although the last round has not ended. */
export function timerOf(annotation: Node, file: JavaFile): Growth | null {
  const method = annotation.parent?.parent;
  if (!method) return null;
  const names = annotationsOf(method).map(annotationName);
  const body = method.childForFieldName('body');
  if (!names.includes('Scheduled') || !names.includes('Async') || !body) return null;
  if (!file.importsAny(/^org\.springframework\.scheduling\b/) || names.includes('SchedulerLock')) return null;
  const step = `\`@Async\` runs \`${method.childForFieldName('name')?.text ?? ''}\` (line ${lineOf(method)}) elsewhere, so the timer never waits for it`;
  return {
    unit: 'period',
    source: '@Scheduled',
    evidence: [step],
    turns: [{ place: innermost(body), repeated: method }],
    settledEarly: null,
  };
}

/** The last thing that the body does, inside the conditions around all of it. */
function innermost(body: Node): Node {
  const last = partsOf(body).at(-1) ?? body;
  const inner = /^(if|try)_statement$/.test(last.type)
    ? (last.childForFieldName('consequence') ?? last.childForFieldName('body'))
    : null;
  return inner ? innermost(inner) : last;
}
