import type { Node } from 'web-tree-sitter';
import type { BoundKind, Growth, Turn } from '../../rule';
import { ancestorsOf, contains, lineOf, oneLine, placeOf, textIn } from '../../syntax';
import { argumentsOf, calledAt, type Called } from './calls';
import type { RustFile } from './file';
import * as names from './names';
import { sizeGuard } from './queues';
import { armAround } from './select';
import { after, before, callsIn, conditionsAround, endsTurn, running } from './turn';

/** What is looked for in Rust, as a reader would say it. */
export const boundsInWords: Partial<Record<BoundKind, string>> = {
  permit: 'a permit taken before the start (Semaphore acquire_owned, a rate limiter)',
  'permit-in-task': 'a permit taken inside what is started',
  pool: 'a pool or listener that lets in only so many (rayon pool, concurrency limit)',
  joined: 'waiting for it in the same turn (await, join_next, join)',
  counted: 'a count, size or already-running check around it, or pieces of a fixed size',
  'broker-credit': 'a limit on unfinished messages at the broker (basic_qos, max_ack_pending)',
  'leaves-loop': 'leaving the loop after it',
  'size-guard': 'a look at the length of the channel (len, is_full)',
  'stop-code': 'code that only runs when something ends',
};

type Finder = (growth: Growth, place: Node, file: RustFile) => string | null;

/** Gate B for Rust. */
export const finders: Partial<Record<BoundKind, Finder>> = {
  permit: ({ turns }, place) => {
    const handedOver = place.type === 'call_expression' ? argumentsOf(place) : [];
    const call = callsIn([...turns.flatMap(before), ...handedOver]).find(isPermit);
    return call ? `a permit taken at ${told(call)}` : null;
  },
  'permit-in-task': (_growth, place, file) => {
    const permit = startedCode(place, file).flatMap(callsAnywhere).find(isPermit);
    return permit ? `a permit taken at ${told(permit)}, inside what is started` : null;
  },
  pool: ({ unit }, place, file) => {
    const limit = /\b(ConcurrencyLimit\w*|concurrency_limit|max_connections|LimitConnections)\b/.exec(file.text)?.[1];
    if (unit === 'connection' && limit !== undefined) return `\`${limit}\` lets in only so many`;
    const pool = /(^|[._])(thread_?pool|pool|rayon)$/i.exec(calledAt(place)?.receiver ?? '')?.[0];
    return pool === undefined || !/max_blocking|num_threads/.test(file.text) ? null : `the pool \`${pool}\``;
  },
  joined: ({ turns }, place) => {
    const start = calledAt(place);
    if (!names.spawning.test(start?.name ?? '')) return null;
    const name = holderOf(place);
    const isKept = name !== '' || place.parent?.type === 'arguments';
    const later = turns.flatMap(after);
    const wait = callsIn(later).find(
      (call) =>
        (isKept && /^(join|(try_)?join_all|wait)$/.test(call.name) && !joinsText(call)) ||
        (/^join_(next|all)$/.test(call.name) && call.receiver === start?.receiver),
    );
    const awaited = running(later, 'await_expression').find(
      (each) => name !== '' && new RegExp(`^(&mut )?${name}\\b`).test(each.text),
    );
    const found = wait?.node ?? awaited;
    return found ? `the turn waits at ${placeOf(found)}` : null;
  },
  counted: ({ turns, unit }, place) => {
    const guard = armAround(place)?.guard ?? '';
    if (comparesCount(guard)) return `the condition \`${guard}\` of its arm`;
    if (unit === 'element') return piecewise(place);
    const check = turns.flatMap(checksOf).find(({ text }) => comparesCount(text));
    return check ? `the check on line ${lineOf(check)}` : null;
  },
  'broker-credit': ({ unit, settledEarly }, _place, file) => {
    const setting = names.creditSettings.exec(file.text)?.[1];
    if (unit !== 'message' || setting === undefined || settledEarly !== null) return null;
    return `the broker's limit on unfinished messages (\`${setting}\`)`;
  },
  'leaves-loop': ({ turns }) => {
    const loops = turns.filter(({ repeated }) => /^(loop|while|for)_expression$/.test(repeated.type));
    const exit = loops.flatMap(after).find(leaves);
    return exit ? `it leaves the loop on line ${lineOf(exit)}` : null;
  },
  'size-guard': (_growth, place, file) => sizeGuard(place, file),
  'stop-code': (_growth, place, file) => {
    const name = file.functionAround(place)?.name ?? '';
    return names.stopName.test(name) ? `\`${name}\` stops things` : null;
  },
};

/** `words.join(", ")` and `path.join("orders")`: to wait takes nothing, or several. */
const joinsText = ({ name, node }: Called) => name === 'join' && argumentsOf(node).length === 1;

const isPermit = ({ name }: Called) => names.permitCall.test(name);

const told = ({ node }: Called) => placeOf(node);

/** Conditions around the place, and earlier ones that end the turn or make it wait. */
const checksOf = (turn: Turn): Node[] => [
  ...conditionsAround(turn),
  ...running(before(turn), 'if_expression', 'while_expression')
    .filter(holdsBack)
    .flatMap((each) => each.childForFieldName('condition') ?? []),
];

const holdsBack = (node: Node) =>
  (node.type === 'if_expression' && endsTurn(node)) ||
  running([node], 'await_expression').length > 0 ||
  callsIn([node]).some(({ name }) => /^(sleep|park|wait|recv|yield_now|join)$/.test(name));

const comparesCount = (condition: string) =>
  names.countWords.test(condition) && !/^!?[\w.]+\.is_(empty|some|ok|err)\(\)$/.test(condition);

/** What the start runs: its arguments, and functions of this file that they call. */
function startedCode(place: Node, file: RustFile): Node[] {
  const list = place.type === 'call_expression' ? argumentsOf(place) : [place.nextSibling ?? place];
  const called = list
    .flatMap(callsAnywhere)
    .flatMap(({ name, receiver }) => file.functionMeant(name, receiver, place)?.node.childForFieldName('body') ?? []);
  return [...list, ...called];
}

const callsAnywhere = (node: Node): Called[] =>
  node.descendantsOfType(['call_expression', 'identifier']).flatMap((each) => calledAt(each) ?? []);

/** `task` of `let task = tokio::spawn(…)`; empty: nothing holds it. */
const holderOf = (place: Node) => (place.parent?.type === 'let_declaration' ? textIn(place.parent, 'pattern') : '');

const leaves = (statement: Node): boolean => {
  const inner = statement.type === 'expression_statement' ? statement.namedChildren[0] : statement;
  return inner?.type === 'break_expression' || inner?.type === 'return_expression';
};

/** `for chunk in rows.chunks(n)` around it. */
function piecewise(place: Node): string | null {
  for (const outer of ancestorsOf(place)) {
    const over = outer.type === 'for_expression' ? outer.childForFieldName('value') : null;
    if (over && !contains(over, place) && /chunk|batch|page|step_by|drain/i.test(over.text))
      return `pieces of a fixed size (\`${oneLine(over)}\`)`;
    if (outer.type === 'function_item') return null;
  }
  return null;
}
