import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../../syntax';
import { argumentsOf, calleeName, keyword, type PythonFile } from '../file';

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
  const text = call.childForFieldName('function')?.text ?? '';
  return /^grpc\.server$/.test(text) ||
    /^[A-Z]\w*(Runner|Server|Dispatcher|Consumer|Listener|Client|App|Worker|Subscriber)$/.test(calleeName(call))
    ? call
    : null;
}

/** `pool = ThreadPoolExecutor()` in a function that gives it to another object and hands it nothing itself. */
function keptAndGiven(made: Node, file: PythonFile): Node | null {
  const statement = [...ancestorsOf(made)].find(({ type }) => /^(assignment|call|block)$/.test(type));
  const kept = statement?.type === 'assignment' ? (statement.childForFieldName('left')?.text ?? '') : '';
  const scope = file.functionAround(made)?.node;
  if (!scope || !/^[\w.]+$/.test(kept) || file.text.includes(`${kept}.submit(`)) return null;
  const uses = scope
    .descendantsOfType('call')
    .flatMap((call) => argumentsOf(call).filter((each) => (each.childForFieldName('value') ?? each).text === kept));
  return uses.map((each) => givenTo(each.childForFieldName('value') ?? each)).find((call) => call !== null) ?? null;
}
