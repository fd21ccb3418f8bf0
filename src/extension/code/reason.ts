import { CodeAction, SnippetString, SnippetTextEdit, WorkspaceEdit, type Command } from 'vscode';
import { asksReason } from '../../protocol/explaining';

/** The same action; where its comment still needs a reason, the cursor ends up there. */
export function withCursorAtReason(action: Command | CodeAction): Command | CodeAction {
  if (!(action instanceof CodeAction) || !action.edit || !isAsking(action)) return action;
  const edit = new WorkspaceEdit();
  for (const [uri, changes] of action.edit.entries())
    edit.set(
      uri,
      changes.map(({ range, newText }) => {
        const comment = newText.trimEnd();
        const snippet = new SnippetString().appendText(`${comment} `).appendTabstop(0);
        return new SnippetTextEdit(range, snippet.appendText(newText.slice(comment.length + 1)));
      }),
    );
  action.edit = edit;
  return action;
}

const isAsking = (action: CodeAction & { data?: unknown }) =>
  typeof action.data === 'object' && action.data !== null && asksReason in action.data;
