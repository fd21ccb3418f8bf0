import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { growing } from './growing';
import { ancestorsOf, contains, lineOf, placeOf, textIn } from '../../syntax';
import { argumentsOf, closestFunction, isFunction } from './calls';
import type { Declarations } from './declarations';
import { growthOf } from './growth';
import { permitCall } from './names';

const semaphores = /^semaphore\.NewWeighted$/;
const pacers = /^(rate\.NewLimiter|ratelimit\.New|catrate\.NewLimiter)$/;

/** `slots := semaphore.NewWeighted(8)` in a function: each of its calls has a limiter of its own. */
export function limiterOf(call: Node, file: Declarations): Growth | null {
  const callee = textIn(call, 'function');
  const permits = argumentsOf(call)[0]?.text.replaceAll(/\s/g, '') === 'chanstruct{}';
  if (!semaphores.test(callee) && !pacers.test(callee) && !permits) return null;
  const around = closestFunction(call);
  const uses = usesOf(call);
  const taking = uses.filter(permits ? isFilled : isTaken);
  if (!around || taking.length === 0 || (permits && argumentsOf(call).length < 2)) return null;
  // One that paces a loop which it stands above does its work; a semaphore in a single line of code does none.
  const perItem = pacers.test(callee) ? growthOf(call, file) : null;
  if (pacers.test(callee) && (!perItem || perItem.open)) return null;
  const name = file.functionAround(call)?.name ?? 'the function';
  const step = `${placeOf(call)} is made anew ${perItem ? `for each ${perItem.unit}` : `in each call of \`${name}\``}`;
  return growing(perItem?.unit ?? 'call', perItem?.source ?? name, [step], { place: call, repeated: around });
}

/** Somebody else than the line of code that made it: a goroutine, a callee, a loop, a map. */
export function sharedWith(call: Node): string | null {
  const scope = call.parent?.parent?.parent;
  const other = usesOf(call).find(
    (use) =>
      ['argument_list', 'expression_list', 'literal_element'].includes(use.parent?.type ?? '') ||
      [...ancestorsOf(use)].some(
        (outer) => scope && contains(scope, outer) && (isFunction(outer) || outer.type === 'for_statement'),
      ),
  );
  return other ? `\`${other.text}\` is used by more than this line of code (line ${lineOf(other)})` : null;
}

/** Where the variable that holds it is used in its function. */
function usesOf(call: Node): Node[] {
  const made = call.parent?.parent;
  const name = made?.childForFieldName('left')?.text;
  const below = closestFunction(call)?.descendantsOfType('identifier') ?? [];
  return below.filter((each) => each.text === name && made && each.startIndex > made.endIndex);
}

const isTaken = (use: Node) => permitCall.test(textIn(use.parent, 'field'));

/** `slots <- struct{}{}` */
const isFilled = (use: Node) => use.parent?.childForFieldName('channel')?.id === use.id;
