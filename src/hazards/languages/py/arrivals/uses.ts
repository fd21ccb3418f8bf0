import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import { ancestorsOf } from '../../../syntax';
import { argumentsOf, calleeName, keyword, type DeclaredFunction, type PythonFile } from '../file';
import { spawning } from '../names';

/** Where the file calls the function or hands it on, what repeats it first. */
export const usesOf = (declared: DeclaredFunction, file: PythonFile): Node[] =>
  file
    .usesOf(declared)
    .filter((use) => !isPreparation(use, declared.name))
    .sort((one, other) => Number(isLast(one)) - Number(isLast(other)));

/** `self._connect()` in a loop that receives: what is given nothing is done now and then. */
const isPreparation = (use: Node, name: string): boolean =>
  runsSeldom(name) && use.parent?.childForFieldName('function')?.id === use.id && argumentsOf(use.parent).length === 0;

/** `if item is None: …; return`: what is done there is done once, or waited for. */
const isLast = (use: Node): boolean => {
  const block = [...ancestorsOf(use)].find(({ type }) => type === 'block');
  const later = block?.namedChildren.filter(({ startIndex }) => startIndex > use.endIndex) ?? [];
  return (
    /^(return|break|raise)_statement$/.test(block?.lastNamedChild?.type ?? '') ||
    later.some(({ text }) => /^await [\w.]*\b(wait|gather|join|wait_for)\(/.test(text))
  );
};

/** `start(self, work)`: a helper that starts what it is given, whose callers are the places. */
export function isHelper(place: Node, file: PythonFile): boolean {
  const around = file.functionAround(place);
  const given =
    around?.node.childForFieldName('parameters')?.namedChildren.map(({ text }) => /\w+/.exec(text)?.[0]) ?? [];
  // One of another name is no place itself.
  if (around && !spawning.test(around.name.replace(/^_+/, ''))) return false;
  const [work] = spawning.test(calleeName(place)) ? argumentsOf(place) : [];
  const started = keyword(place, 'target') ?? work;
  const callee = started?.type === 'call' ? started.childForFieldName('function') : started;
  return callee?.type === 'identifier' && given.includes(callee.text);
}
