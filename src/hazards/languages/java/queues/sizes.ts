import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains, lineOf, placeOf, textIn } from '../../../syntax';
import { calleeName, type JavaFile } from '../file';
import { putting } from './fills';
import { callsOn } from '../held';
import { keptIn } from './kept';

/** A look at how long the queue is. */
export function sizeGuard(made: Node, file: JavaFile): string | null {
  const holder = keptIn(made, file);
  if (!holder) return null;
  const look = callsOn(holder, /^(size|remainingCapacity)$/).find((call) => bounds(call, file));
  if (look) return `\`${look.text}\` on line ${lineOf(look)}`;
  const cut = callsOn(holder, putting)
    .flatMap((put) => file.methodAround(put)?.node.descendantsOfType('method_invocation') ?? [])
    .filter((call) => /^(evict|trim|prune|shrink)/.test(calleeName(call)))
    .find((call) => file.methodMeant(call)?.node.text.includes(holder.name));
  return cut ? `${placeOf(cut)} takes out what is too much` : null;
}

function bounds(call: Node, file: JavaFile): boolean {
  if (isTold(call) || isAskedForEmptiness(call) || makesRoom(call)) return false;
  const { parent } = call;
  const getter = parent?.type === 'return_statement' ? file.methodAround(call) : null;
  if (getter) return file.usesOf(getter).some((use) => !isTold(use) && !isAskedForEmptiness(use) && !makesRoom(use));
  const name = /^(variable_declarator|assignment_expression)$/.test(parent?.type ?? '') ? nameOf(parent) : null;
  if (name === null) return !onlyWarns(call) && !countsTurns(call);
  return usesOf(name, call, file).some(
    (use) => isCompared(use) && !isAskedForEmptiness(use) && !onlyWarns(use) && !countsTurns(use),
  );
}

const isCompared = ({ parent }: Node) =>
  parent?.type === 'binary_expression' && /[<>]|[=!]=/.test(textIn(parent, 'operator'));

const nameOf = (given: Node | null) =>
  (given?.childForFieldName('name') ?? given?.childForFieldName('left'))?.text.replace(/^this\./, '') ?? null;

/** Where the variable or field that the length is put into is read. */
const usesOf = (name: string, call: Node, file: JavaFile): Node[] =>
  ((file.typeOfField(name) === null ? file.methodAround(call)?.node : file.classAround(call)) ?? file.root)
    .descendantsOfType('identifier')
    .filter((each) => each.text === name && !(call.parent && contains(call.parent, each)));

/** `if (size > 1000) log.warn(…)`: somebody is told, and it goes on. */
function onlyWarns(look: Node): boolean {
  const asking = [...ancestorsOf(look)].find(({ type }) => type === 'if_statement');
  const condition = asking?.childForFieldName('condition');
  if (!asking || !condition || !contains(condition, look) || asking.childForFieldName('alternative')) return false;
  const done = asking.childForFieldName('consequence');
  const statements = done?.type === 'block' ? done.namedChildren : done ? [done] : [];
  return (
    statements.length > 0 &&
    statements.every(
      ({ type, namedChildren: [said] }) => type === 'expression_statement' && said && telling.test(calleeName(said)),
    )
  );
}

/** `for (int i = 0; i < size; i++)`: it is gone through. */
const countsTurns = ({ parent }: Node) => parent?.parent?.type === 'for_statement';

const isAskedForEmptiness = ({ parent }: Node) =>
  parent?.type === 'binary_expression' &&
  /^[^<>]*[<>=!]=?\s*[01]$|^[01]\s*[<>=!]=?[^<>]*$/.test(parent.text.replace(/\s+/g, ' '));

/** `new ArrayList<>(queue.size())`, `new Item[queue.size()]`: as much room as what it holds needs. */
function makesRoom(call: Node): boolean {
  let sum = call;
  while (sum.parent && /^(binary|parenthesized)_expression$/.test(sum.parent.type)) sum = sum.parent;
  if (/[<>]|[=!]=/.test(sum.text)) return false;
  return sum.parent?.type === 'dimensions_expr' || sum.parent?.parent?.type === 'object_creation_expression';
}

/** A length that is only told to somebody bounds nothing. */
const isTold = (call: Node) =>
  [...ancestorsOf(call)].some(
    (outer) =>
      (outer.type === 'method_invocation' && telling.test(calleeName(outer))) ||
      (outer.type === 'binary_expression' && outer.namedChildren.some(({ type }) => type === 'string_literal')),
  );

const telling =
  /^(trace|debug|info|warn|warning|error|severe|log|println|printf|format|set|record|gauge|append|observe|fine|finer|finest)$/;
