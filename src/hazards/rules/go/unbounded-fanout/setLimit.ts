import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../../fixes/edits';
import { closestFunction, loopAround } from '../../../languages/go/calls';
import type { Growth } from '../../../rule';

const limit = 8;

/** `g.SetLimit(8)` below the line that makes the group of golang.org/x/sync/errgroup. */
export function setLimit(place: Node, _growth: Growth, text: string): Fix | null {
  const group = place.childForFieldName('function')?.childForFieldName('operand')?.text;
  const loop = loopAround(place);
  const around = closestFunction(place);
  if (place.type !== 'call_expression' || !group || !loop || !around) return null;
  const made = around
    .descendantsOfType(['short_var_declaration', 'var_declaration'])
    .filter((each) => each.endIndex < loop.startIndex && makes(each, group))
    .at(-1);
  if (!made) return null;
  const line = `${newlineOf(text)}${indentOf(made, text)}${group}.SetLimit(${limit})`;
  return {
    id: 'go/unbounded-fanout/set-limit',
    title: `Run at most ${limit} at once (SetLimit)`,
    edits: [{ start: made.endIndex, end: made.endIndex, text: line }],
  };
}

const makes = (declaration: Node, group: string) =>
  new RegExp(`^(var )?${group}\\b.*errgroup\\.(WithContext\\(|Group\\b)`).test(declaration.text);
