import {
  CodeActionKind,
  DiagnosticSeverity,
  DiagnosticTag,
  MarkupKind,
  type CodeAction,
  type CodeLens,
  type Diagnostic,
  type Hover,
  type Position,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Found, TextScan } from '../hazards/engine';
import { describedRule } from '../hazards/reading';
import { complaintOf } from '../hazards/suppression';
import { markdown, plain } from '../model/escape';
import type { HazardSeverity } from '../model/scan';

/** What a client runs when a lens is chosen, with `{ uri, line, character }` of the place, from 0. */
export const showHazard = 'backpressure.showHazard';

/** The first line of the place: a whole goroutine would be too much to underline. */
export function rangeOf(hazard: Found, document: TextDocument): Range {
  const start = { line: hazard.line - 1, character: hazard.column - 1 };
  const text = document.getText({ start, end: { line: hazard.line, character: 0 } }).trimEnd();
  const width = hazard.endLine === hazard.line ? hazard.endColumn - hazard.column : text.length;
  return { start, end: { line: start.line, character: start.character + Math.min(width, text.length) } };
}

/** One lens a line: two thoughts about one place would be one too many. */
export function lensesOf(hazards: readonly Found[], document: TextDocument): CodeLens[] {
  const byLine = new Map(hazards.map((hazard) => [hazard.line, hazard]));
  return [...byLine.values()].map((hazard) => {
    const range = rangeOf(hazard, document);
    const place = { uri: document.uri, ...range.start };
    return { range, command: { title: plain(hazard.lens), command: showHazard, arguments: [place] } };
  });
}

/** The reasoning behind the hazards whose line the position is on. */
export function hoverOf(hazards: readonly Found[], position: Position, document: TextDocument): Hover | null {
  const [hazard] = hazards.filter((each) => {
    const { start, end } = rangeOf(each, document);
    return start.line === position.line && start.character <= position.character && position.character <= end.character;
  });
  if (!hazard) return null;
  const list = (items: readonly string[]) => items.map((item) => `- ${markdownWithCode(item)}`).join('\n');
  const value = [
    `**${markdown(hazard.lens)}** · ${hazard.severity} · ${markdown(hazard.rule)}`,
    markdownWithCode(hazard.message),
    markdownWithCode(describedRule(hazard.rule)?.help ?? ''),
    `Why it can grow:\n${list(hazard.evidence)}`,
    `Looked for, and not found:\n${list(hazard.lookedFor)}`,
    'If something else bounds it, say what (the light bulb writes the comment): `// backpressure: bounded-by <reason>`',
  ].join('\n\n');
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(hazard, document) };
}

/** Only what is proven to grow. */
export const diagnosticsOf = (hazards: readonly Found[], document: TextDocument): Diagnostic[] =>
  hazards
    .filter(({ level }) => level === 'diagnostic')
    .map((hazard) => ({
      range: rangeOf(hazard, document),
      severity: severities[hazard.severity],
      source: 'backpressure',
      code: hazard.rule,
      message: hazard.message,
    }));

/** Explanations that explain nothing (faded), or give no reason. */
export const complaintsOf = (suppressions: TextScan['suppressions'], document: TextDocument): Diagnostic[] =>
  suppressions.flatMap((each) => {
    const message = complaintOf(each);
    if (message === null) return [];
    const line = document.getText({
      start: { line: each.line - 1, character: 0 },
      end: { line: each.line, character: 0 },
    });
    const end = { line: each.line - 1, character: line.trimEnd().length };
    return [
      {
        range: { start: { line: end.line, character: line.length - line.trimStart().length }, end },
        severity: DiagnosticSeverity.Information,
        source: 'backpressure',
        code: 'bounded-by',
        message,
        ...(each.state === 'stale' && { tags: [DiagnosticTag.Unnecessary] }),
      },
    ];
  });

/** Those whose line is one of the range. */
export const onLinesOf = (hazards: readonly Found[], { start, end }: Range): Found[] =>
  hazards.filter(({ line }) => start.line <= line - 1 && line - 1 <= end.line);

/** The fixes of the hazards on these lines, the first of each preferred. Edits name the version they were made for. */
export const actionsOf = (hazards: readonly Found[], range: Range, document: TextDocument): CodeAction[] =>
  onLinesOf(hazards, range).flatMap((hazard) =>
    hazard.fixes.map(({ title, edits }, index) => ({
      title,
      kind: CodeActionKind.QuickFix,
      isPreferred: index === 0,
      diagnostics: diagnosticsOf([hazard], document),
      edit: {
        documentChanges: [
          {
            textDocument: { uri: document.uri, version: document.version },
            edits: edits.map(({ start: from, end: to, text }) => ({
              range: { start: document.positionAt(from), end: document.positionAt(to) },
              newText: text,
            })),
          },
        ],
      },
    })),
  );

const severities: Record<HazardSeverity, DiagnosticSeverity> = {
  critical: DiagnosticSeverity.Warning,
  high: DiagnosticSeverity.Warning,
  medium: DiagnosticSeverity.Information,
  low: DiagnosticSeverity.Hint,
};

/** Text with `code` in backquotes, as our messages have it: words escaped, code as it stands. */
function markdownWithCode(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return markdown(text);
  return parts.map((part, index) => (index % 2 === 1 ? `\`${plain(part)}\`` : markdown(part))).join('');
}
