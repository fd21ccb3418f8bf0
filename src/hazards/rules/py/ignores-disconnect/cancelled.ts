import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, stepOf, type Fix } from '../../../fixes/edits';
import { wrapped } from '../../../fixes/wrapped';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';

/** The task is held, and cancelled in a `finally` of the generator that the answer reads. */
export function cancelled(call: Node, _growth: Growth, text: string): Fix | null {
  const around = [...ancestorsOf(call)].find(({ type }) => type === 'function_definition');
  const answer = /(?:StreamingResponse|EventSourceResponse)\(\s*(\w+)\(/.exec(around?.text ?? '')?.[1];
  const generator = around
    ?.descendantsOfType('function_definition')
    .find((each) => each.childForFieldName('name')?.text === answer && each.descendantsOfType('yield').length > 0);
  const body = generator?.childForFieldName('body');
  const isBare = call.parent?.type === 'expression_statement';
  if (!generator || !body || !isBare || generator.startIndex < call.endIndex || /\btask\b/.test(text)) return null;
  const template = ['\ttry:', '\t\t@body', '\tfinally:', '\t\ttask.cancel()'];
  const put = wrapped(generator, body, text, ['string'], template, stepOf(text));
  if (put === null) return null;
  // Comments above the first statement belong to the lines that are moved in.
  const start = generator.children.find(({ type }) => type === ':')?.endIndex ?? body.startIndex;
  return {
    id: 'py/ignores-disconnect/cancel',
    title: 'Cancel it when the client leaves (finally)',
    edits: [
      { start: call.startIndex, end: call.startIndex, text: 'task = ' },
      { start, end: body.endIndex, text: newlineOf(text) + indentOf(generator, text) + put },
    ],
  };
}
