import type { Node } from 'web-tree-sitter';
import { handedOver, runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, textIn } from '../../../syntax';
import { argumentsOf, calleeName, keyword, type PythonFile } from '../file';
import { stopName } from '../names';
import { callsOn, isLocal, keptBy } from '../queues/held';

/** A pool that another object is given, or that an emitter makes for itself: who hands it tasks is not in this file. */
export function poolGivenAway(made: Node, file: PythonFile): Growth | null {
  const name = calleeName(made);
  if (name === 'ExecutorEventEmitter')
    return file.importsAny(/^pyee(\.|$)/)
      ? growthOf(made, made, 'each event is handed to its pool for each listener')
      : null;
  if (name !== 'ThreadPoolExecutor') return null;
  const user = givenTo(made) ?? keptAndGiven(made, file);
  if (!user || keyword(user, 'maximum_concurrent_rpcs')) return null;
  return growthOf(made, user, `\`${calleeName(user)}\` is given it on line ${lineOf(user)}`);
}

/**
 * A pool that an object or module keeps, and to which one of its functions hands a task with each call without waiting.
 * @param isTold is the call told of where it stands?
 */
export function poolFilled(made: Node, file: PythonFile, isTold: (submit: Node) => boolean): Growth | null {
  const name = calleeName(made) === 'ThreadPoolExecutor' ? keptBy(made) : null;
  if (name === null || isLocal(name, made, file)) return null;
  const submits = callsOn(name, made, file, /^submit$/);
  const maker = file.functionAround(made)?.node.id;
  if (submits.some(isTold)) return null;
  for (const submit of submits) {
    const around = file.functionAround(submit);
    if (!around || around.node.id === maker || isRare(around.name) || isWaitedFor(submit, around.node)) continue;
    return { ...handedOver({ put: submit, name: around.name, around: around.node }, undefined), turns: [] };
  }
  return null;
}

const isRare = (name: string) => runsSeldom(name) || stopName.test(name) || /^__(?!call__)/.test(name);

/** Does the function wait for the task or for a permit, or leave that to its caller? */
function isWaitedFor(submit: Node, around: Node): boolean {
  // Whoever keeps the task waits for it, or counts it.
  if (submit.parent?.type !== 'expression_statement') return true;
  return /\.result\(|\bawait |\bas_completed\(|(?<!\.)\bwait\(|futures\.wait\(|\.acquire\(|\breturn (?:fut|task)|\byield\b/.test(
    around.text,
  );
}

const growthOf = (made: Node, user: Node, step: string): Growth => {
  const source = oneLine(user.childForFieldName('function') ?? user);
  return {
    ...{ unit: 'call', source, evidence: [step], settledEarly: null, doubt: `how often \`${source}\` hands it a task` },
    turns: [{ place: made, repeated: made }],
  };
};

/** `grpc.server(…)`, or the making of an object, that the value is an argument of. */
function givenTo(value: Node): Node | null {
  const named = value.parent?.type === 'keyword_argument' ? value.parent : value;
  const call = named.parent?.type === 'argument_list' ? named.parent.parent : null;
  if (call?.type !== 'call') return null;
  const text = textIn(call, 'function');
  return /^grpc\.server$/.test(text) ||
    /^[A-Z]\w*(Runner|Server|Dispatcher|Consumer|Listener|Client|App|Worker|Subscriber)$/.test(calleeName(call))
    ? call
    : null;
}

/** `pool = ThreadPoolExecutor()` in a function that gives it to another object and hands it nothing itself. */
function keptAndGiven(made: Node, file: PythonFile): Node | null {
  const statement = [...ancestorsOf(made)].find(({ type }) => /^(assignment|call|block)$/.test(type));
  const kept = statement?.type === 'assignment' ? textIn(statement, 'left') : '';
  const scope = file.functionAround(made)?.node;
  if (!scope || !/^[\w.]+$/.test(kept) || file.text.includes(`${kept}.submit(`)) return null;
  const uses = scope
    .descendantsOfType('call')
    .flatMap((call) => argumentsOf(call).filter((each) => (each.childForFieldName('value') ?? each).text === kept));
  return uses.map((each) => givenTo(each.childForFieldName('value') ?? each)).find((call) => call !== null) ?? null;
}
