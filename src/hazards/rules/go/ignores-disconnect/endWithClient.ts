import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../../fixes/edits';
import { closestFunction } from '../../../languages/go/calls';
import { clientOf } from '../../../languages/go/clients';
import type { Growth } from '../../../rule';

/** A look at the context of the request at the top of each turn. */
export function endWithClient(loop: Node, _growth: Growth, text: string): Fix | null {
  const client = clientOf(loop);
  const body = loop.childForFieldName('body');
  const result = closestFunction(loop)?.childForFieldName('result')?.text ?? '';
  if (!client || client.request === '_' || !body || (result !== '' && result !== 'error')) return null;
  const end = newlineOf(text);
  const indent = `${indentOf(loop, text)}\t`;
  const look = `if err := ${client.request}.Context().Err(); err != nil {`;
  const lines = [look, `\treturn${result === '' ? '' : ' err'}`, '}'];
  const at = body.startIndex + 1;
  return {
    id: 'go/ignores-disconnect/context',
    title: 'End when the client leaves',
    edits: [{ start: at, end: at, text: lines.map((line) => `${end}${indent}${line}`).join('') }],
  };
}
