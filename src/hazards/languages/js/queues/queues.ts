import type { Node } from 'web-tree-sitter';
import { handedOver, runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { eventsOf } from './eventsOn';
import { arrayOf, escaped, type SourceFile } from '../file';
import { orMeanwhile } from '../arrivals/given';
import { limitUnlessSet } from '../lengths';
import { madeAt } from './madeQueues';
import { fewOf, isOfAnswers, noQueue, ownPace, waiting } from './queueNames';
import {
  holdsAsked,
  holdsCallback,
  holdsItem,
  isCalledBackAtOnce,
  isConstructor,
  isKept,
  isOfStream,
  isWaitedIn,
  namedAround,
  putBy,
} from './queuePuts';
import { takenAt, takenInTurn, takesFirst, type Put } from './queueTakes';
import { isAskedFor, reading } from '../writes/readables';

/** An array of the module or of a class that is made longer once for each item, or that one function fills and another empties. */
export function queueOf(push: Node, file: SourceFile, perItem: () => Growth | null): Growth | null {
  if (push.type === 'for_in_statement') return eventsOf(push, file);
  const growth = file.outlivesCalls(arrayOf(push)) ? perItem() : null;
  const found = orMeanwhile(growth, () => betweenFunctions(push, file));
  return found && toldWhereMade(found, push, file);
}

/** A queue is told where it is made: several functions may fill it, and its limit belongs there. */
function toldWhereMade(growth: Growth, push: Node, file: SourceFile): Growth {
  const name = /([\w$#]+)$/.exec(plainName(arrayOf(push), file))?.[1];
  const made = name === undefined ? null : madeAt(name, push, file);
  if (!made) return growth;
  const { meanwhile } = growth;
  return { ...growth, made, ...(meanwhile ? { meanwhile: { ...meanwhile, made } } : {}) };
}

/** `this.waiting` of `this[waiting]`, a field whose name is a symbol, and of `this.waiting[key]`. */
const plainName = (array: string, file: SourceFile): string =>
  array
    .replace(/^this\[([\w$]+)\]/, (all, name: string) =>
      file.says(`\\b${escaped(name)} = Symbol\\b`) ? `this.${name}` : all,
    )
    .replace(/\[[^[\]]*\]|[?!]/g, '');

/** `this.queue.push(item)` in one method, `this.queue.shift()` in another. */
function betweenFunctions(push: Node, file: SourceFile): Growth | null {
  const array = plainName(arrayOf(push), file);
  const name = /^(?:[\w$#]+\.)*([\w$#]+)$/.exec(array)?.[1] ?? '';
  const around = name === '' || fewOf.test(name) ? null : namedAround(push, file);
  if (!around || isConstructor(around.name, file) || !isKept(array, name, around.node, file)) return null;
  if (runsSeldom(around.name) && around.name !== 'createConnection') return null;
  const atOnce = isCalledBackAtOnce(push, around.node);
  if ((isOfStream(around) && !atOnce) || isAskedFor(push, file, reading)) return null;
  const take =
    takenInTurn(name, { put: push, around: around.node }, file) ??
    takenBy(name, array, { put: push, around: around.node }, around.name, file);
  if (!take) return null;
  const growth = handedOver({ put: push, name: around.name, around: around.node }, take);
  const limit = limitUnlessSet(push, file);
  return limit === null ? growth : { ...growth, doubt: `${growth.doubt ?? ''}, and whether \`${limit}\` is set` };
}

/** What its names tell to be a queue, however it is emptied. */
function takenBy(name: string, array: string, put: Put, aroundName: string, file: SourceFile): Node | null {
  if (isOfAnswers(name) || (noQueue.test(name) && !waiting.test(name))) return null;
  if (ownPace.test(aroundName) && !isCalledBackAtOnce(put.put, put.around)) return null;
  if (!holdsItem(put.put, put.around)) return null;
  const take = takenAt(name, array, put, file);
  if (holdsAsked.test(putBy(put.put)) && !isWaitedIn(name) && !waiting.test(name)) return null;
  return !take || (holdsCallback.test(putBy(put.put)) && !(takesFirst(take) && isWaitedIn(name))) ? null : take;
}
