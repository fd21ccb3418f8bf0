import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Found } from '../hazards/engine';
import { suppressionMark } from '../hazards/suppression';
import { asksReason, type AsksReason } from '../protocol/explaining';
import { diagnosticsOf, onLinesOf } from './views';

/** A kind of its own, so that a key can be bound to it. */
const explaining = `${CodeActionKind.QuickFix}.explain`;

/**
 * For one line with a hazard: an action that puts a comment above it, in which only the reason is left to say. Without
 * one the comment does not count, and a diagnostic says so.
 */
export function explanationOf(hazards: readonly Found[], range: Range, document: TextDocument): CodeAction[] {
  const here = onLinesOf(hazards, range);
  const [first] = here;
  if (!first || here.some(({ line }) => line !== first.line)) return [];
  const line = first.line - 1;
  const [above, text] = [textOfLine(document, line - 1), textOfLine(document, line)];
  // Python joins a line that ends so with the next: no comment can stand between them.
  if (suppressionMark.test(above) || above.trimEnd().endsWith('\\')) return [];
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  const mark = ['python', 'yaml'].includes(document.languageId) ? '#' : '//';
  const lineEnd = text.endsWith('\r\n') ? '\r\n' : '\n';
  const newText = `${indent}${mark} backpressure: bounded-by ${lineEnd}`;
  const place = { line, character: 0 };
  const edits = [{ range: { start: place, end: place }, newText }];
  const data: AsksReason = { [asksReason]: true };
  return [
    {
      title: 'Say what bounds it, in a comment',
      kind: explaining,
      data,
      diagnostics: diagnosticsOf(here, document),
      edit: { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] },
    },
  ];
}

const textOfLine = (document: TextDocument, line: number) =>
  line < 0 ? '' : document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
