import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, contains, lineOf, placeOf, textIn } from '../../syntax';
import { calleeName, isFunction, type SourceFile } from './file';

/** What makes a limiter, and the packages it comes from. */
const makers: Readonly<Record<string, RegExp>> = {
  pLimit: /^p-limit$/,
  PQueue: /^p-queue$/,
  Bottleneck: /^bottleneck$/,
  Semaphore: /^(async-mutex|semaphore-async-await|await-semaphore)$/,
  Mutex: /^async-mutex$/,
  Sema: /^async-sema$/,
};

/** `const limit = pLimit(4)` in a function that runs something in it: each of its calls has one of its own. */
export function limiterOf(call: Node, file: SourceFile): Growth | null {
  const maker = calleeName(call);
  const library = Object.hasOwn(makers, maker) ? makers[maker] : undefined;
  const around = file.functionAround(call);
  if (!library || !around || !file.importsAny(library) || !usesOf(call, around).some(isTaken)) return null;
  const name = file.nameOf(around) || 'this function';
  return {
    unit: 'call',
    source: name,
    evidence: [`${placeOf(call)} is made anew in each call of \`${name}\``],
    turns: [{ place: call, repeated: around }],
    settledEarly: null,
  };
}

const loops = ['for_statement', 'for_in_statement', 'while_statement', 'do_statement'];

/** Somebody else than the line of code that made it: a callback, a callee, a loop, a second task. */
export function sharedWith(call: Node, file: SourceFile): string | null {
  const around = file.functionAround(call);
  const scope = call.parent?.parent?.parent;
  const uses = around ? usesOf(call, around) : [];
  const taking = uses.filter(isTaken);
  const other = uses.find(
    (use) =>
      (!isTaken(use) && use.parent?.type !== 'member_expression') ||
      [...ancestorsOf(use)].some(
        (outer) => scope && contains(scope, outer) && (isFunction(outer) || loops.includes(outer.type)),
      ),
  );
  const also = other ?? taking[1];
  return also ? `\`${also.text}\` is used by more than one task (line ${lineOf(also)})` : null;
}

/** Where the constant that holds it is used in its function. */
function usesOf(call: Node, around: Node): Node[] {
  const name = call.parent?.type === 'variable_declarator' ? call.parent.childForFieldName('name') : null;
  return around
    .descendantsOfType(['identifier', 'shorthand_property_identifier'])
    .filter((each) => each.text === name?.text && each.id !== name.id);
}

/** `limit(…)`, `queue.add(…)`, `semaphore.acquire()` */
function isTaken(use: Node): boolean {
  const user = use.parent;
  return (
    user?.type === 'call_expression' ||
    /^(add|addAll|schedule|acquire|runExclusive|use|wrap)$/.test(textIn(user, 'property'))
  );
}
