import type { Node } from 'web-tree-sitter';
import { indentOf, lineOfItsOwn, linesAbove, newlineOf, stepOf, type Edit } from '../../fixes/edits';
import { ancestorsOf, isComment } from '../../syntax';
import { argumentsOf, calleeName, JavaFile } from '../../languages/java/file';
import { callsOn, holderOf, madeType } from '../../languages/java/held';

export { argumentsOf, madeType };

/** The file in which a place stands. */
export const fileOf = (place: Node): JavaFile => new JavaFile([...ancestorsOf(place)].at(-1) ?? place);

/** Calls of such methods on what holds the made object; null: nothing that the file shows holds it. */
export function callsOnHeld(made: Node, method: RegExp): Node[] | null {
  const holder = holderOf(made, fileOf(made));
  return holder && callsOn(holder, method);
}

/** May what runs at the place throw an InterruptedException: does its method say so? */
export function throwsInterrupted(place: Node): boolean {
  for (const outer of ancestorsOf(place)) {
    if (/^(lambda_expression|class_body)$/.test(outer.type)) return false;
    if (!/^(method|constructor)_declaration$/.test(outer.type)) continue;
    const said = outer.namedChildren.find(({ type }) => type === 'throws')?.text ?? '';
    return /\b(InterruptedException|Exception|Throwable)\b/.test(said);
  }
  return false;
}

/** Does the place hold a lock, which whoever empties what it waits for may need? */
export const holdsLock = (place: Node): boolean =>
  [...ancestorsOf(place)].some(
    (outer) =>
      outer.type === 'synchronized_statement' ||
      /^(with|in|do|run)\w*Lock/.test(calleeName(outer)) ||
      (outer.type === 'method_declaration' &&
        (/\bsynchronized\b/.test(outer.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? '') ||
          /\b\w*[lL]ock(\(\))?\.lock(Interruptibly)?\(\)/.test(outer.text))),
  );

/** A line break and the indentation of the node's line. */
export const lineLike = (node: Node, text: string): string => newlineOf(text) + indentOf(node, text);

/** A line break and the indentation of what continues the node's line. */
export const continued = (node: Node, text: string): string => lineLike(node, text) + stepOf(text).repeat(2);

const widest = 120;

/** Is no line of what the edit puts there too long? */
export function fits({ start, end, text: put }: Edit, text: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const lines = `${before}${put}${text.slice(end).split('\n')[0] ?? ''}`.split('\n');
  return lines.every((line) => line.trimEnd().replaceAll('\t', '    ').length <= widest);
}

/**
 * A field in the class around the place: behind the last one above the method, else above the method and its comments.
 * @param declared without its modifiers
 * @returns null: the class has no room for one
 */
export function fieldFor(place: Node, declared: string, text: string): Edit | null {
  // What a class without a name holds, nobody else can read.
  const method = [...ancestorsOf(place)].find(
    ({ type, parent }) => type === 'method_declaration' && parent?.parent?.type !== 'object_creation_expression',
  );
  const owner = method?.parent;
  const isOfInstances = owner && owner.type !== 'interface_body' && owner.parent?.type !== 'record_declaration';
  if (!isOfInstances) return null;
  const isStatic = /\bstatic\b/.test(method.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? '');
  const field = `private${isStatic ? ' static' : ''} final ${declared}`;
  const above = owner.namedChildren.filter(({ endIndex }) => endIndex <= method.startIndex);
  const last = above.findLast(({ type }) => type === 'field_declaration');
  const line = last && lineOfItsOwn(last, text);
  if (line) return { start: line.end, end: line.end, text: indentOf(last, text) + field + newlineOf(text) };
  let first = method;
  for (const each of above.reverse()) {
    const isDirectly = isComment(each) && each.endPosition.row + 1 >= first.startPosition.row;
    if (!isDirectly || !linesAbove(each, text, [])) break;
    first = each;
  }
  return linesAbove(first, text, [field, '']);
}
