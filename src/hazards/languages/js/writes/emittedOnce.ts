import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains } from '../../../syntax';
import { argumentsOf, calleeName, callTaking, escaped, isFunction, type SourceFile } from '../file';

/**
 * An emitter that its block makes and tells of one chunk: `const e = new EventEmitter(); setImmediate(() => e.emit('data', all))`.
 * @param source `e.on('data')`
 */
export function isToldOnce(source: string, place: Node, file: SourceFile): boolean {
  const [, name, event] = /^([\w$]+)\.on\('([\w:]+)'\)$/.exec(source) ?? [];
  if (name === undefined || event === undefined) return false;
  const block = [...ancestorsOf(place)].find(
    ({ type, namedChildren }) => type === 'statement_block' && namedChildren.some(({ text }) => makes(name).test(text)),
  );
  if (!block) return false;
  const [only, ...others] = file
    .callsOn(name)
    .filter(
      (call) =>
        contains(block, call) && calleeName(call) === 'emit' && argumentsOf(call)[0]?.text.slice(1, -1) === event,
    );
  return only !== undefined && others.length === 0 && runsOnce(only, block);
}

const makes = (name: string) =>
  new RegExp(`^(const|let|var) ${escaped(name)}(: \\w+)? = new ([\\w$]+\\.)*EventEmitter\\(`);

/** Is it in no loop and in no function but one that runs once, and later? */
function runsOnce(call: Node, block: Node): boolean {
  for (const outer of ancestorsOf(call)) {
    if (outer.id === block.id) return true;
    const taking = isFunction(outer) ? callTaking(outer) : null;
    if (/^(for|for_in|while|do)_statement$/.test(outer.type)) return false;
    if (
      isFunction(outer) &&
      !(taking && /^(setImmediate|nextTick|queueMicrotask|setTimeout)$/.test(calleeName(taking)))
    )
      return false;
  }
  return false;
}
