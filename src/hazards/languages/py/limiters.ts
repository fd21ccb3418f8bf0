import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, placeOf, textIn } from '../../syntax';
import type { PythonFile } from './file';
import { permitCall } from './names';

const constructors =
  /^((asyncio|threading|trio|anyio|gevent\.lock)\.(Bounded)?Semaphore|(anyio|trio)\.CapacityLimiter|aiolimiter\.AsyncLimiter)$/;

/** `slots = asyncio.Semaphore(8)` in a function that takes permits of it: each of its calls has one of its own. */
export function limiterOf(call: Node, file: PythonFile): Growth | null {
  const around = file.functionAround(call);
  if (!around || !constructors.test(file.fullName(call.childForFieldName('function')))) return null;
  if (!usesOf(call, around.node).some(isTaken)) return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [`${placeOf(call)} is made anew in each call of \`${around.name}\``],
    turns: [],
    settledEarly: null,
  };
}

/** What is run more than once, or by somebody else. */
const repeating = [
  ...['for_statement', 'while_statement', 'lambda', 'function_definition'],
  ...['list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression'],
];

/** Somebody else than the line of code that made it: a coroutine defined inside, a callee, a loop. */
export function sharedWith(call: Node, file: PythonFile): string | null {
  const around = file.functionAround(call)?.node;
  const scope = call.parent?.parent?.parent;
  if (!around) return null;
  const other = usesOf(call, around).find((use) => {
    const user = use.parent?.type ?? '';
    if (!isTaken(use) && !(user === 'attribute' && use.parent?.parent?.type === 'call')) return true;
    for (const outer of ancestorsOf(use)) {
      if (outer.id === scope?.id) return false;
      if (repeating.includes(outer.type)) return true;
    }
    return false;
  });
  return other ? `\`${other.text}\` is used by more than this line of code (line ${lineOf(other)})` : null;
}

/** Where the variable that holds it is used in its function. */
function usesOf(call: Node, around: Node): Node[] {
  const name = call.parent?.childForFieldName('left')?.text;
  return around.descendantsOfType('identifier').filter((each) => each.text === name && each.startIndex > call.endIndex);
}

/** `async with slots:`, `await slots.acquire()` */
const isTaken = ({ parent }: Node) => parent?.type === 'with_item' || permitCall.test(textIn(parent, 'attribute'));
