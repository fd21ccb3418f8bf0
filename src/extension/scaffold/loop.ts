import path from 'node:path';
import { Range, Selection, TextEditorRevealType, window, workspace, WorkspaceEdit, type TextEditor } from 'vscode';
import type { Hints } from '../languageClient';
import { askText } from '../questions';
import { Preview } from './preview';

/** How many run at once, until somebody says it. */
const usual = 8;

/**
 * Has the body of the selected loop run in a pool: shows the file as it would be, asks how many at once, and changes it.
 * @throws {Error} why the loop cannot become a pool
 */
export async function loopAsPool(hints: Hints, { document, selection }: TextEditor): Promise<void> {
  const { asked } = await import('../later');
  const { version, languageId: language } = document;
  const text = document.getText();
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const written = async (size: number) => {
    const { method, answer } = asked.loopAsPool;
    const told = answer.parse(await hints.ask(method, { language, text, start, end, size }));
    if ('refused' in told) throw new Error(told.refused);
    return told;
  };
  const first = await written(usual);
  const preview = new Preview(path.basename(document.fileName), language);
  try {
    preview.text = first.text;
    await preview.open(first.line);
    const answer = await askText(
      { title: 'Insert Worker Pool', step: 1, totalSteps: 1 },
      {
        ...{ title: 'Insert Worker Pool', prompt: 'How many turns of the loop at once', value: String(usual) },
        typed: (typed) => {
          const problem = wrongSize(typed);
          if (problem === null) void written(Number(typed)).then((now) => (preview.text = now.text));
          return problem;
        },
        problem: wrongSize,
      },
    );
    if (typeof answer !== 'string') return;
    if (document.version !== version) throw new Error('The file was changed meanwhile. Select the loop again.');
    const { text: put, line } = await written(Number(answer));
    await replace(document.uri, new Range(document.positionAt(0), document.positionAt(text.length)), put, line);
  } finally {
    preview.dispose();
  }
}

const wrongSize = (typed: string): string | null =>
  /^[1-9]\d{0,4}$/.test(typed.trim()) ? null : 'It has to be a whole number from 1 to 99999.';

async function replace(uri: TextEditor['document']['uri'], whole: Range, text: string, line: number): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(uri, whole, text);
  if (!(await workspace.applyEdit(edit))) throw new Error(`${path.basename(uri.path)} could not be changed`);
  const shown = await window.showTextDocument(uri);
  shown.selection = new Selection(line, 0, line, 0);
  shown.revealRange(shown.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
