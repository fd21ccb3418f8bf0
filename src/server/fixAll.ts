import { CodeActionKind, type CodeAction, type Range, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import * as z from 'zod';
import type { Found } from '../hazards/engine';
import { onLinesOf } from './views';

/** What an action says of itself, so that its edit can be worked out when it is chosen. */
export const allOfRule = z.object({ uri: z.string(), version: z.number(), rule: z.string() });

/** For each rule with a fix on these lines that has one elsewhere in the file too: an action that changes all places. */
export function allOfRuleOf(hazards: readonly Found[], range: Range, document: TextDocument): CodeAction[] {
  const fixable = hazards.filter(({ fixes }) => fixes.length > 0);
  const here = onLinesOf(fixable, range);
  return [...new Set(here.map(({ rule }) => rule))].flatMap((rule) => {
    const places = fixable.filter((hazard) => hazard.rule === rule).length;
    if (places < 2) return [];
    const data: z.infer<typeof allOfRule> = { uri: document.uri, version: document.version, rule };
    return [{ title: `Fix all ${places} of ${rule} in this file`, kind: CodeActionKind.QuickFix, data }];
  });
}

/** Replaces the lines of a document that differ from a text, for the version it has now. */
export function wholeTextEdit(document: TextDocument, text: string): WorkspaceEdit {
  const before = document.getText();
  let start = 0;
  while (start < before.length && before[start] === text[start]) start++;
  let same = 0;
  const least = Math.min(before.length, text.length) - start;
  while (same < least && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
  const range = { start: document.positionAt(start), end: document.positionAt(before.length - same) };
  const edits = [{ range, newText: text.slice(start, text.length - same) }];
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] };
}
