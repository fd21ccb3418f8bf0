import type { Node } from 'web-tree-sitter';
import { lineOfItsOwn, newlineOf, type Fix } from '../../../fixes/edits';
import { argumentsOf } from '../../../languages/py/file';
import type { Growth } from '../../../rule';
import { ancestorsOf, textIn } from '../../../syntax';

/** `slots = asyncio.Semaphore(8)` above a function of the module, one for all of its calls. */
export function hoist(call: Node, _growth: Growth, text: string): Fix | null {
  const made = call.parent?.type === 'assignment' ? call.parent : null;
  const name = textIn(made, 'left');
  const declared = [...ancestorsOf(call)].find(({ parent }) => parent?.type === 'module');
  const constant = argumentsOf(call).every(({ type }) => type === 'integer' || type === 'float');
  if (!made || !declared || !/^(function_definition|decorated_definition)$/.test(declared.type) || !constant)
    return null;
  const own = lineOfItsOwn(made, text);
  const outside = text.slice(0, declared.startIndex) + text.slice(declared.endIndex);
  if (!own || new RegExp(`\\b${name}\\b`).test(outside)) return null;
  const line = newlineOf(text);
  return {
    id: 'py/misplaced-limiter/hoist',
    title: 'Make it once, outside of the function',
    edits: [
      { start: declared.startIndex, end: declared.startIndex, text: `${own.line}${line.repeat(3)}` },
      { start: own.start, end: own.end, text: '' },
    ],
  };
}
