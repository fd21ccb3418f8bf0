import type { Node } from 'web-tree-sitter';
import type { Turn } from '../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, placeOf } from '../../syntax';
import { argumentsOf, calleeName, receiverText } from './file';
import { after, enclosing, running } from './turn';

/** Calls that end when all they are given have ended. */
const joining = /^(gather\w*|wait|wait_for|join|shield|drain|make_deferred_yieldable|DeferredList)$/;

/** Is what the place starts waited for in the same turn? In words; null: nothing shows it. */
export function waitedFor(turns: readonly Turn[], place: Node): string | null {
  const group = turns.flatMap((turn) => enclosing(turn, 'with_statement')).find((each) => groups.test(headOf(each)));
  if (group) return `\`${headOf(group)}\` on line ${lineOf(group)} waits for it`;
  const held = heldBy(place);
  const wait =
    awaitedAround(place) ?? running(turns.flatMap(after), 'await', 'call').find((each) => waitsFor(each, held));
  return wait ? `the turn waits at ${placeOf(wait)}` : null;
}

/** What waits for all of its tasks where it closes. */
const groups = /TaskGroup|create_task_group|open_nursery|Runner\(|Executor\(|\b_*(task_?)?(group|nursery)\b/;

const headOf = (statement: Node) => oneLine(partsOf(statement)[0] ?? statement);

/** What holds it: `task` of `task = create_task(…)`, or `tasks` of `tasks.append(create_task(…))`. */
interface Held {
  one?: string | undefined;
  among?: string | undefined;
}

function heldBy({ parent }: Node): Held {
  const list = parent?.type === 'argument_list' ? parent.parent : null;
  if (list?.type === 'call' && calleeName(list) === 'append') return { among: receiverText(list) };
  if (/^list(_comprehension)?$/.test(parent?.type ?? '')) return { among: assignedTo(parent?.parent) };
  return { one: assignedTo(parent) };
}

const assignedTo = (node: Node | null | undefined) =>
  node?.type === 'assignment' ? node.childForFieldName('left')?.text : undefined;

/** `await gather(create_task(one), create_task(other))` */
function awaitedAround(place: Node): Node | null {
  let isJoined = false;
  for (const outer of ancestorsOf(place)) {
    // `await group.spawn(work)` waits for room, not for the work.
    if (outer.type === 'await') return isJoined ? outer : null;
    if (outer.type === 'call') {
      isJoined ||= joining.test(calleeName(outer));
      if (!joining.test(calleeName(outer)) && !passing.test(calleeName(outer))) return null;
    } else if (!passed.test(outer.type)) return null;
  }
  return null;
}

/** Calls of Twisted, and a cast, whose value is waited for as what they are called on. */
const passing = /^(cast|add(Callback|Errback|Both|Callbacks))$/;

const passed = /^(argument_list|attribute|tuple|list|list_splat|generator_expression|list_comprehension)$/;

function waitsFor(node: Node, { one, among }: Held): boolean {
  if (node.type === 'await') {
    const [awaited] = partsOf(node);
    if (awaited && /^(identifier|attribute)$/.test(awaited.type))
      return awaited.text === one || (among !== undefined && isWalked(awaited, among));
    if (awaited?.type !== 'call' || /writer$/i.test(receiverText(awaited))) return false;
    return joining.test(calleeName(chained(awaited)));
  }
  if (calleeName(node) === 'as_completed')
    return among !== undefined && argumentsOf(node).some(({ text }) => text === among);
  if (/^gather\w*$/.test(calleeName(node)) && among !== undefined && isReturned(node))
    return argumentsOf(node).some(({ text }) => text.replace(/^\*/, '') === among);
  if (!/^(join|result|wait)$/.test(calleeName(node))) return false;
  return one === undefined ? /thread|process|worker|future/i.test(receiverText(node)) : receiverText(node) === one;
}

const isReturned = (node: Node): boolean =>
  [...ancestorsOf(node)].find(({ type }) => !/^(call|argument_list)$/.test(type))?.type === 'return_statement';

/** `gather_results(…)` of `gather_results(…).addErrback(…)` */
function chained(call: Node): Node {
  const inner = call.childForFieldName('function')?.childForFieldName('object');
  return inner?.type === 'call' && passing.test(calleeName(call)) ? chained(inner) : call;
}

/** `for task in tasks: await task` */
const isWalked = (each: Node, among: string): boolean =>
  [...ancestorsOf(each)].some(
    (outer) =>
      outer.type === 'for_statement' &&
      outer.childForFieldName('left')?.text === each.text &&
      outer.childForFieldName('right')?.text === among,
  );
