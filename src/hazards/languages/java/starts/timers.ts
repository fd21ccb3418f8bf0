import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { lineOf, oneLine, partsOf, textIn } from '../../../syntax';
import { annotationName, annotationsOf, argumentsOf, calleeName, receiverText, type JavaFile } from '../file';
import { madeType } from '../held';
import { executorObject } from '../names';

/** Work that a timer starts again although the last round has not ended. */
export function timerOf(place: Node, file: JavaFile): Growth | null {
  if (place.type === 'class_declaration') return quartzJob(place, file);
  const declared = place.type.endsWith('annotation') ? place.parent?.parent : null;
  return declared ? scheduled(declared, file) : scheduling(place);
}

/** `@Scheduled` and `@Async` together: each period has a thread of its own. */
function scheduled(method: Node, file: JavaFile): Growth | null {
  const names = annotationsOf(method).map(annotationName);
  const body = method.childForFieldName('body');
  if (!names.includes('Scheduled') || !names.includes('Async') || !body) return null;
  if (!file.importsAny(/^org\.springframework\.scheduling\b/) || names.includes('SchedulerLock')) return null;
  const step = `\`@Async\` runs \`${textIn(method, 'name')}\` (line ${lineOf(method)}) elsewhere, so the timer never waits for it`;
  return round('@Scheduled', innermost(body), method, step);
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
  const [work, , period] = argumentsOf(call);
  // Without a period it runs once, and an executor's own `schedule` always does.
  if (calleeName(call) === 'schedule' && (madeType(work) !== 'TimerTask' || !period)) return null;
  const body = work ? bodyOf(work) : null;
  const statement = body?.type === 'block' ? innermost(body) : body;
  const started = statement?.type === 'expression_statement' ? partsOf(statement)[0] : statement;
  const onItsOwn = started && /^(runAsync|supplyAsync)$/.test(calleeName(started));
  const toExecutor =
    started &&
    /^(submit|execute)$/.test(calleeName(started)) &&
    executorObject.test(receiverText(started).replace(/Service$/, 'Executor'));
  if (!work || !(onItsOwn || toExecutor)) return null;
  const step = `the timer on line ${lineOf(call)} only starts \`${oneLine(started)}\`, and never waits for it`;
  const growth = round(calleeName(call), started, work, step);
  // One that has one thread runs them in turn, as late as they get.
  return onItsOwn ? growth : { ...growth, doubt: 'whether a round may take longer than the period' };
}

/** What runs in each round: the body of a function, or of the method `run` of a `TimerTask`. */
function bodyOf(work: Node): Node | null {
  if (work.type === 'lambda_expression') return work.childForFieldName('body');
  const run = work
    .descendantsOfType('method_declaration')
    .find((each) => each.childForFieldName('name')?.text === 'run');
  return run?.childForFieldName('body') ?? null;
}

const repeats = /\b(repeatForever|repeat\w*Forever|withInterval\w*|cronSchedule|setRepeatInterval|setCronExpression)\(/;

/** A job of Quartz: its trigger starts a round whether or not the last one has ended. */
function quartzJob(declared: Node, file: JavaFile): Growth | null {
  const bases = /^(\w+\.)*(Job|QuartzJobBean|InterruptableJob)$/;
  const types = declared.namedChildren
    .filter(({ type }) => /^(superclass|super_interfaces)$/.test(type))
    .flatMap((each) => each.descendantsOfType('type_identifier'));
  const isJob = types.some(({ text }) => bases.test(text));
  const run = file.methods.find(
    ({ name, owner }) => /^execute(Internal)?$/.test(name) && owner?.id === declared.id,
  )?.node;
  const body = run?.childForFieldName('body');
  if (!isJob || !run || !body || !file.importsAny(/^org\.quartz\b/)) return null;
  const name = textIn(declared, 'name');
  const step = `Quartz starts \`${name}\` (line ${lineOf(declared)}) when its trigger fires, whether or not the last round has ended`;
  const growth = round(name, innermost(body), run, step);
  return repeats.test(file.text) ? growth : { ...growth, doubt: 'whether its trigger fires again while a round runs' };
}

/** What keeps Quartz, or a whole cluster, from starting a second round. */
export function oneRound(declared: Node): string | null {
  const one = annotationsOf(declared).find((each) =>
    /^(DisallowConcurrentExecution|SchedulerLock)$/.test(annotationName(each)),
  );
  return declared.type === 'class_declaration' && one ? `\`${oneLine(one)}\`` : null;
}

const round = (source: string, place: Node, repeated: Node, step: string): Growth => ({
  unit: 'period',
  source,
  evidence: [step],
  turns: [{ place, repeated }],
  settledEarly: null,
});
