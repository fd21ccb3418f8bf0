import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../fixes/edits';
import { closestFunction } from '../../languages/go/calls';
import type { Growth } from '../../rule';
import { holdsLock, resultsOf, returning } from './leaving';

/** `if err := stream.Send(m); err != nil { return err }`, in a function that can hand the error on or returns nothing. */
export const readErrorFor =
  (rule: string) =>
  (call: Node, _growth: Growth, text: string): Fix | null => {
    const around = closestFunction(call);
    const back = resultsOf(around).length === 0 ? 'return' : returning(around, 'err');
    if (call.parent?.type !== 'expression_statement' || back === null || holdsLock(call, text)) return null;
    const end = newlineOf(text);
    const indent = indentOf(call, text);
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
