import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../fixes/edits';
import { closestFunction } from '../../languages/go/calls';
import type { Growth } from '../../rule';

/** `if err := stream.Send(m); err != nil { return err }`, in a function that can hand the error on or returns nothing. */
export const readErrorFor =
  (rule: string) =>
  (call: Node, _growth: Growth, text: string): Fix | null => {
    const result = closestFunction(call)?.childForFieldName('result')?.text ?? '';
    if (call.parent?.type !== 'expression_statement' || (result !== 'error' && result !== '')) return null;
    const end = newlineOf(text);
    const indent = indentOf(call, text);
    const back = result === '' ? 'return' : 'return err';
    const body = `${end}${indent}\t${back}${end}${indent}}`;
    return {
      id: `${rule}/read-error`,
      title: 'Stop when it fails',
      edits: [
        { start: call.startIndex, end: call.startIndex, text: 'if err := ' },
        { start: call.endIndex, end: call.endIndex, text: `; err != nil {${body}` },
      ],
    };
  };
