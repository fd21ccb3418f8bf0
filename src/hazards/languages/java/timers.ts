import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine, partsOf } from '../../syntax';
import { annotationName, annotationsOf, argumentsOf, calleeName, type JavaFile } from './file';

/** Work that a timer starts again although the last round has not ended. */
export function timerOf(place: Node, file: JavaFile): Growth | null {
  const declared = place.type.endsWith('annotation') ? place.parent?.parent : null;
  return declared ? scheduled(declared, file) : scheduling(place);
}

/** `@Scheduled` and `@Async` together: each period has a thread of its own. */
function scheduled(method: Node, file: JavaFile): Growth | null {
  const names = annotationsOf(method).map(annotationName);
  const body = method.childForFieldName('body');
  if (!names.includes('Scheduled') || !names.includes('Async') || !body) return null;
  if (!file.importsAny(/^org\.springframework\.scheduling\b/) || names.includes('SchedulerLock')) return null;
  const step = `\`@Async\` runs \`${method.childForFieldName('name')?.text ?? ''}\` (line ${lineOf(method)}) elsewhere, so the timer never waits for it`;
  return period('@Scheduled', innermost(body), method, step);
}

/** The last thing that the body does, inside the conditions around all of it. */
function innermost(body: Node): Node {
  const last = partsOf(body).at(-1) ?? body;
  const inner = /^(if|try)_statement$/.test(last.type)
    ? (last.childForFieldName('consequence') ?? last.childForFieldName('body'))
    : null;
  return inner ? innermost(inner) : last;
}

/** `scheduler.scheduleAtFixedRate(() -> pool.submit(work), …)`: the timer only hands on. */
function scheduling(call: Node): Growth | null {
  const [work] = argumentsOf(call);
  const body = work?.type === 'lambda_expression' ? work.childForFieldName('body') : null;
  const statement = body?.type === 'block' ? innermost(body) : body;
  const started = statement?.type === 'expression_statement' ? partsOf(statement)[0] : statement;
  const hands = started && /^(submit|execute|runAsync|supplyAsync)$/.test(calleeName(started));
  if (!work || !hands) return null;
  const step = `the timer on line ${lineOf(call)} only starts \`${oneLine(started)}\`, and never waits for it`;
  return period(calleeName(call), started, work, step);
}

const period = (source: string, place: Node, repeated: Node, step: string): Growth => ({
  unit: 'period',
  source,
  evidence: [step],
  turns: [{ place, repeated }],
  settledEarly: null,
});
