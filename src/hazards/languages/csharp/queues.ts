import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, placeOf } from '../../syntax';
import { argumentsOf, calleeName, plainName, receiverText } from './calls';
import type { CsharpFile } from './file';

/** Calls that put something into a queue. */
const puts = /^(TryWrite|WriteAsync|Add|TryAdd|Enqueue|Post|SendAsync)$/;

/**
 * A queue made without a size, that is filled once for each item.
 * @param perItem tells what repeats a call
 */
export function queueOf(place: Node, file: CsharpFile, perItem: (node: Node) => Growth | null): Growth | null {
  if (!isUnbounded(place)) return null;
  const name = heldBy(place);
  if (name === null) return null;
  for (const put of callsOn(name, place, file, puts)) {
    const growth = perItem(put);
    // A loop that is fed by the queue itself puts back what it took.
    if (!growth || new RegExp(`\\b${name}\\b`).test(growth.source)) continue;
    const step = `${placeOf(put)} puts each into it`;
    return { ...growth, evidence: [...growth.evidence, step] };
  }
  return null;
}

/** Of `new()` the type stands where the variable is declared. */
function madeType(place: Node): string {
  if (place.type !== 'implicit_object_creation_expression') return calleeName(place);
  const declaration = [...ancestorsOf(place)].find(({ type }) => /^(variable|property)_declaration$/.test(type));
  return plainName(declaration?.childForFieldName('type') ?? null);
}

function isUnbounded(place: Node): boolean {
  const name = madeType(place);
  const [first, ...more] = argumentsOf(place);
  if (name === 'CreateUnbounded') return receiverText(place).endsWith('Channel') && carriesWork(place.text);
  if (name === 'ConcurrentQueue') return first === undefined;
  if (name === 'BlockingCollection')
    return more.length === 0 && !/^\d|[cC]apacity|[lL]imit|[mM]ax|[sS]ize/.test(first?.text ?? '');
  return /^(BufferBlock|ActionBlock)$/.test(name) && !place.text.includes('BoundedCapacity');
}

/** `CreateUnbounded<bool>()`: wake-ups. */
const carriesWork = (text: string) => !/<\s*(bool|byte|object\??)\s*>/.test(text);

/** The field or variable that holds it, without `this.`; null: none does. */
export function heldBy(place: Node): string | null {
  const outer = place.parent;
  if (outer?.type === 'variable_declarator' || outer?.type === 'property_declaration')
    return outer.childForFieldName('name')?.text ?? null;
  const assigned = outer?.type === 'assignment_expression' ? outer.childForFieldName('left')?.text : undefined;
  const name = assigned?.replace(/^this\./, '');
  return name !== undefined && /^\w+$/.test(name) ? name : null;
}

/** Local variables belong to their function, fields to their class. */
const scopeOf = (place: Node, file: CsharpFile): Node => {
  const isLocal = [...ancestorsOf(place)].some(({ type }) => type === 'local_declaration_statement');
  return (isLocal ? file.functionAround(place)?.node : file.classAround(place)) ?? file.root;
};

/** Calls of methods on the queue, on its `Writer`, or on a name that holds either. */
export function callsOn(name: string, place: Node, file: CsharpFile, method: RegExp): Node[] {
  const scope = scopeOf(place, file);
  const aliases = [
    ...scope.text.matchAll(new RegExp(`\\b(\\w+)\\s*=\\s*(?:this\\.)?${name}(?:\\.(?:Writer|Reader))?\\s*;`, 'g')),
  ];
  const held = new Set([name, ...aliases.flatMap(([, alias]) => alias ?? [])]);
  return scope
    .descendantsOfType('invocation_expression')
    .filter((call) => method.test(calleeName(call)) && held.has(receiverText(call).replace(/\.(Writer|Reader)$/, '')));
}

/** A look at how long the queue is. */
export function sizeGuard(place: Node, file: CsharpFile): string | null {
  const name = heldBy(place);
  if (name === null) return null;
  const look = scopeOf(place, file)
    .descendantsOfType(['binary_expression', 'while_statement'])
    .find(
      (each) =>
        new RegExp(`\\b${name}\\.(Reader\\.)?Count\\b`).test(partsOf(each)[0]?.text ?? '') && /[<>]/.test(each.text),
    );
  return look ? `\`${oneLine(partsOf(look)[0] ?? look)}\` on line ${lineOf(look)}` : null;
}
