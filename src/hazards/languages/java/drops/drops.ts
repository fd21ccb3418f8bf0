import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, partsOf, placeOf } from '../../../syntax';
import { argumentsOf, calleeName, callTaking, receiverText, type JavaFile } from '../file';
import { isToken } from '../queues/fills';
import { holderOf } from '../held';
import { poolOfFree } from '../names';
import { droppedByLibrary } from './libraries';

/**
 * What throws items away when there is no room: a policy of an executor, an offer to a queue with a capacity, a call
 * that makes room in it, or a stage of a library that is made for it.
 */
export function dropOf(place: Node, file: JavaFile): Growth | null {
  const offer = calleeName(place) === 'offer' ? offered(place, file) : null;
  const what =
    offer ?? discarded(place, file) ?? refused(place) ?? madeRoom(place, file) ?? droppedByLibrary(place, file);
  if (what === null) return null;
  return {
    unit: 'call',
    source: offer === null ? calleeName(place) : receiverText(place),
    evidence: [what],
    turns: [{ place, repeated: place }],
    settledEarly: null,
  };
}

/** A handler of refused tasks that does nothing: `rejectedExecution(task, pool) {}`. */
function refused(name: Node): string | null {
  const method = name.parent;
  const body = method?.type === 'method_declaration' ? method.childForFieldName('body') : null;
  if (name.text !== 'rejectedExecution' || !body || partsOf(body).length > 0) return null;
  return `\`${name.text}\` on line ${lineOf(name)} does nothing with the tasks that the executor refuses`;
}

/** `queue.poll();` where nobody takes what it gives: the oldest goes, so that another has room. */
function madeRoom(call: Node, file: JavaFile): string | null {
  if (!/^(poll|remove)(First)?$/.test(calleeName(call)) || call.parent?.type !== 'expression_statement') return null;
  const queue = receiverText(call).replace(/^this\./, '');
  if (argumentsOf(call).length > 0 || file.capacityOf(queue) === null || poolOfFree.test(queue)) return null;
  const method = file.methodAround(call)?.node.text ?? '';
  // Where an offer is asked for its answer around it, it is told there.
  if (!method.includes(`${queue}.offer(`) || new RegExp(`\\(!\\s*(this\\.)?${queue}\\.offer\\(`).test(method))
    return null;
  return `${placeOf(call)} throws the oldest of \`${queue}\` away, so that another has room`;
}

function discarded(policy: Node, file: JavaFile): string | null {
  const name = calleeName(policy);
  const pool = poolOf(policy, file);
  // A scheduler has no end and refuses nothing; of a queue for one or two the latest stands for all that came before.
  const harmless =
    pool !== null &&
    (/schedul/i.test(calleeName(pool)) ||
      /<[^>]*>\([12]\)|SynchronousQueue|new LinkedBlocking(Queue|Deque)(<[^>]*>)?\(\)/.test(pool.text));
  if (!/^Discard(Oldest)?Policy$/.test(name) || harmless || isChosen(policy)) return null;
  return `\`${name}\` on line ${lineOf(policy)} throws a task away when the queue is full, and tells nobody`;
}

/** Does a condition, a case or a key name it, so that somebody chooses it by a setting? */
function isChosen(policy: Node): boolean {
  const call = callTaking(policy);
  const choices = [...ancestorsOf(policy)].flatMap((outer) =>
    /^switch_(rule|block_statement_group)$/.test(outer.type)
      ? outer.namedChildren.filter(({ type }) => type === 'switch_label')
      : (outer.childForFieldName('condition') ?? []),
  );
  const key = call && call.type !== 'object_creation_expression' ? call.text.replace(policy.text, '') : '';
  return [key, ...choices.map(({ text }) => text)].some((text) => /discard|drop/i.test(text));
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
  const given = argumentsOf(call).length;
  // Who waits for room believes that there is an end, also of what is made elsewhere.
  const capacity = file.capacityOf(queue) ?? (given === 3 && isSentBlind(call, queue, file) ? 'made elsewhere' : null);
  if ((given !== 1 && given !== 3) || capacity === null || capacity === '1') return null;
  // What is spare may go, and a mark that did not fit stands there already.
  if (poolOfFree.test(queue) || /pool_?(size|capacity)/i.test(capacity) || isMark(call)) return null;
  if (isGivenBack(call, queue, file)) return null;
  return `${placeOf(call)} throws away what \`${queue}\` (capacity ${capacity}) has no room for${given === 3 ? ' after that time' : ''}`;
}

/** `queue.offer(client)` where `client = queue.poll()`, or in `returnClient`: what was taken out goes back to its place. */
function isGivenBack(call: Node, queue: string, file: JavaFile): boolean {
  const method = file.methodAround(call);
  const [item] = argumentsOf(call);
  const taken = new RegExp(`\\b${item?.text}\\s*=\\s*(this\\.)?${queue}\\.(take|poll|remove)\\w*\\(`);
  if (!method || item?.type !== 'identifier') return false;
  return /^(return|release|recycle|giveBack)/.test(method.name) || taken.test(method.node.text);
}

/** A queue that may be full by its type, of which this file does not say how it is made, and nobody reads the answer. */
const isSentBlind = (call: Node, queue: string, file: JavaFile) =>
  call.parent?.type === 'expression_statement' &&
  /^\w+$/.test(queue) &&
  new RegExp(`\\b\\w*Blocking(Queue|Deque)\\s*(<[^;=(){}]*>)?\\s+${queue}\\b`).test(file.text) &&
  !new RegExp(`\\b${queue}\\s*=\\s*new `).test(file.text) &&
  // What was taken out there goes back to its place.
  !new RegExp(`\\b${queue}\\.(take|poll)\\w*\\(`).test(file.methodAround(call)?.node.text ?? '');

/** `queue.offer(EOF, timeout, unit)`: a mark for whoever empties it. */
const isMark = (call: Node) => isToken(call) || /^[A-Z][A-Z_\d]+$/.test(argumentsOf(call)[0]?.text ?? '');
