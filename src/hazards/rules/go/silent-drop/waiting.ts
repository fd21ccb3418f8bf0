import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { closestFunction, parameterOfType } from '../../../languages/go/calls';
import type { Growth } from '../../../rule';

/** `case <-ctx.Done():` instead of `default:`: it waits for room as long as its context lasts. */
export function waiting(select: Node, _growth: Growth, text: string): Fix | null {
  const way = select.namedChildren.find(({ type }) => type === 'default_case');
  const around = closestFunction(select);
  const context = around && parameterOfType(around, /^context\.Context$/);
  if (!way || !context || select.text.includes(`${context}.Done()`) || !text.startsWith('default:', way.startIndex))
    return null;
  return {
    id: 'go/silent-drop/wait',
    title: 'Wait for room until the context ends',
    edits: [{ start: way.startIndex, end: way.startIndex + 'default:'.length, text: `case <-${context}.Done():` }],
  };
}
