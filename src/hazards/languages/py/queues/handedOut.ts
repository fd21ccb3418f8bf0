import type { Node } from 'web-tree-sitter';
import { answersOrSpares } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, placeOf } from '../../../syntax';
import { holdsWaiters, takesAnswers } from './between';
import { calleeName, type PythonFile } from '../file';
import { isLocal, kindOf, scopeOf } from './held';

/** What only waits for a call, or makes it later. */
const later = /^(call_\w+|run_\w+|partial|wait_for|create_task|ensure_future|spawn\w*|Thread|Timer|iter|submit)$/;

/** `consume(tag, messages.put)`, `client.on_message = self.messages.put_nowait`: whoever gets it puts in what comes. */
export function putHandedOn(name: string, place: Node, file: PythonFile): Growth | null {
  if (answersOrSpares.test(name) || holdsWaiters.test(name) || takesAnswers.test(name)) return null;
  const put = scopeOf(name, place, file)
    .descendantsOfType('attribute')
    .find(
      ({ text, parent }) =>
        isPut(text, name) && /^(argument_list|keyword_argument|assignment)$/.test(parent?.type ?? ''),
    );
  if (!put) return null;
  const to = userOf(put);
  return to === null ? null : fromOutside(to, `\`${put.text}\` is handed to \`${to}\` on line ${lineOf(put)}`);
}

const isPut = (text: string, name: string) =>
  text.startsWith(`${name}.`) &&
  /\.(put|put_nowait|append)$/.test(text) &&
  text.split('.').length === name.split('.').length + 1;

/** Who gets the function: a call, or what it is assigned to; null: it is only called later. */
function userOf(put: Node): string | null {
  if (put.parent?.type === 'assignment') {
    const left = put.parent.childForFieldName('left');
    return left && left.id !== put.id && left.type === 'attribute' ? left.text : null;
  }
  const lambda = lambdaAround(put);
  if (lambda) return givenTo(lambda);
  const list = put.parent?.type === 'keyword_argument' ? put.parent.parent : put.parent;
  // `call(messages.put, m)` puts what is beside it.
  const call = list?.parent;
  if (call?.type !== 'call' || later.test(calleeName(call)) || isFollowed(put)) return null;
  return oneLine(call.childForFieldName('function') ?? call);
}

/** `lambda message: …` around it. */
const lambdaAround = (put: Node): Node | null => {
  const outer = [...ancestorsOf(put)].find(({ type }) => /^(lambda|function_definition)$/.test(type));
  return outer?.type === 'lambda' && outer.childForFieldName('parameters') ? outer : null;
};

/** What is called with the lambda; null: it is only called later, or kept. */
function givenTo(lambda: Node): string | null {
  const list = lambda.parent?.type === 'keyword_argument' ? lambda.parent.parent : lambda.parent;
  const call = list?.type === 'argument_list' ? list.parent : null;
  if (call?.type !== 'call' || later.test(calleeName(call)) || /sort|max|min|map|filter|key/.test(calleeName(call)))
    return null;
  return oneLine(call.childForFieldName('function') ?? call);
}

/** `subscribe(topic, lambda message: waiting.put_nowait(message))` */
export function putInLambda(name: string, puts: readonly Node[]): Growth | null {
  if (answersOrSpares.test(name) || holdsWaiters.test(name) || takesAnswers.test(name)) return null;
  for (const put of puts) {
    const lambda = lambdaAround(put);
    const to = lambda && givenTo(lambda);
    if (to) return fromOutside(to, `\`${to}\` is handed ${placeOf(put)}`);
  }
  return null;
}

const isFollowed = (put: Node) => put.parent?.type === 'argument_list' && put.nextNamedSibling?.type === 'identifier';

/** A queue that a function makes, fills with nothing and gives to its caller. */
export function givenBack(name: string, place: Node, file: PythonFile): Growth | null {
  const around = file.functionAround(place);
  if (!around || !isLocal(name, place, file) || kindOf(place) === 'deque') return null;
  if (answersOrSpares.test(`${name} ${around.name}`) || holdsWaiters.test(name) || takesAnswers.test(around.name))
    return null;
  const back = around.node
    .descendantsOfType('return_statement')
    .find((each) => each.namedChildren.some((value) => value.type === 'identifier' && value.text === name));
  return back ? fromOutside(around.name, `\`${around.name}\` gives it to its caller on line ${lineOf(back)}`) : null;
}

const fromOutside = (source: string, step: string): Growth => ({
  ...{ unit: 'call', source, settledEarly: null, doubt: 'who puts into it, and how often' },
  evidence: [step],
  turns: [],
});
