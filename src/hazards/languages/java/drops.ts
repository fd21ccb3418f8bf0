import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine, partsOf } from '../../syntax';
import { argumentsOf, calleeName, callTaking, receiverText, type JavaFile } from './file';
import { isToken } from './queues/fills';
import { holderOf } from './held';
import { poolOfFree } from './names';

/** What throws items away when there is no room: a policy of an executor, or an offer to a queue with a capacity. */
export function dropOf(place: Node, file: JavaFile): Growth | null {
  const what = calleeName(place) === 'offer' ? offered(place, file) : discarded(place, file);
  if (what === null) return null;
  return {
    unit: 'call',
    source: calleeName(place) === 'offer' ? receiverText(place) : calleeName(place),
    evidence: [what],
    turns: [{ place, repeated: place }],
    settledEarly: null,
  };
}

function discarded(policy: Node, file: JavaFile): string | null {
  const name = calleeName(policy);
  const pool = poolOf(policy, file);
  // A scheduler has no end and refuses nothing; of a queue for one or two the latest stands for all that came before.
  const harmless =
    pool !== null &&
    (/schedul/i.test(calleeName(pool)) ||
      /<[^>]*>\([12]\)|SynchronousQueue|new LinkedBlocking(Queue|Deque)(<[^>]*>)?\(\)/.test(pool.text));
  if (!/^Discard(Oldest)?Policy$/.test(name) || harmless) return null;
  return `\`${name}\` on line ${lineOf(policy)} throws a task away when the queue is full, and tells nobody`;
}

/** The executor that the policy is made for, where the file makes it. */
function poolOf(policy: Node, file: JavaFile): Node | null {
  const call = callTaking(policy);
  if (!call || calleeName(call) !== 'setRejectedExecutionHandler') return call;
  const name = receiverText(call).replace(/^this\./, '');
  const pools = file.root
    .descendantsOfType('object_creation_expression')
    .filter((each) => calleeName(each).endsWith('ThreadPoolExecutor'));
  return pools.find((each) => holderOf(each, file)?.name === name) ?? null;
}

function offered(call: Node, file: JavaFile): string | null {
  const queue = receiverText(call).replace(/^this\./, '');
  const capacity = file.capacityOf(queue);
  const given = argumentsOf(call).length;
  if ((given !== 1 && given !== 3) || capacity === null || capacity === '1') return null;
  // What is spare may go, and a mark that did not fit stands there already.
  if (poolOfFree.test(queue) || /pool_?(size|capacity)/i.test(capacity) || isMark(call)) return null;
  return `\`${oneLine(call)}\` on line ${lineOf(call)} throws away what \`${queue}\` (capacity ${capacity}) has no room for${given === 3 ? ' after that time' : ''}`;
}

/** `queue.offer(EOF, timeout, unit)`: a mark for whoever empties it. */
const isMark = (call: Node) => isToken(call) || /^[A-Z][A-Z_\d]+$/.test(argumentsOf(call)[0]?.text ?? '');

/** Somebody is told: the answer of the offer is read, and not only to make room for another. */
export const answerRead = (call: Node): string | null =>
  calleeName(call) === 'offer' && call.parent?.type !== 'expression_statement' && !onlyMakesRoom(call)
    ? `its answer is read on line ${lineOf(call)}`
    : null;

/** `if (!queue.offer(line)) { queue.poll(); queue.offer(line); }`, or nothing at all between the brackets. */
function onlyMakesRoom(offer: Node): boolean {
  let asked = offer.parent;
  if (!asked?.text.startsWith('!')) return false;
  while (asked && /^(unary|parenthesized)_expression$/.test(asked.type)) asked = asked.parent;
  if (asked?.type !== 'if_statement' && asked?.type !== 'while_statement') return false;
  const done = asked.childForFieldName('consequence') ?? asked.childForFieldName('body');
  if (!done || asked.childForFieldName('alternative')) return false;
  return (done.type === 'block' ? partsOf(done) : [done]).every((each) => {
    const [first] = partsOf(each);
    const again = each.childForFieldName('condition')?.text.includes('.offer(') ?? false;
    return each.type === 'if_statement'
      ? again
      : /^(poll|remove|offer)(First|Last)?$/.test(first ? calleeName(first) : '');
  });
}
