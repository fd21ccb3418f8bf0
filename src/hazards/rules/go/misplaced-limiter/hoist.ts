import type { Node } from 'web-tree-sitter';
import { lineOfItsOwn, newlineOf, type Fix } from '../../../fixes/edits';
import { argumentsOf } from '../../../languages/go/calls';
import type { Growth } from '../../../rule';
import { ancestorsOf, isComment, textIn } from '../../../syntax';

/** `var slots = semaphore.NewWeighted(8)` above the function, one for all of its calls. */
export function hoist(call: Node, _growth: Growth, text: string): Fix | null {
  const made = call.parent?.parent;
  const name = textIn(made, 'left');
  const declared = [...ancestorsOf(call)].find(({ type }) => /^(function|method)_declaration$/.test(type));
  const constant = argumentsOf(call).every(
    ({ type, text: given }) => /_literal$|_type$/.test(type) || /^\w+\.[A-Z]\w*$/.test(given),
  );
  if (!made || !declared || !/^\w+$/.test(name) || !constant) return null;
  const outside = text.slice(0, declared.startIndex) + text.slice(declared.endIndex);
  const own = lineOfItsOwn(made, text);
  if (new RegExp(`\\b${name}\\b`).test(outside) || !own) return null;
  const above = withComments(declared).startIndex;
  const line = newlineOf(text);
  return {
    id: 'go/misplaced-limiter/hoist',
    title: 'Make it once, outside of the function',
    edits: [
      {
        start: above,
        end: above,
        text: `var ${name} = ${own.line.slice(call.startIndex - made.startIndex)}${line}${line}`,
      },
      { start: own.start, end: own.end, text: '' },
    ],
  };
}

function withComments(declared: Node): Node {
  let first = declared;
  for (let above = declared.previousSibling; above; above = above.previousSibling) {
    if (!isComment(above) || above.endPosition.row + 1 !== first.startPosition.row) break;
    first = above;
  }
  return first;
}
