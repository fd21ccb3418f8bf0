import assert from 'node:assert/strict';
import { commands, languages, Selection, Uri, window, workspace } from 'vscode';
import { app, eventually } from './support';

const text = `import asyncio
from aiokafka import AIOKafkaConsumer


async def main():
    consumer = AIOKafkaConsumer("orders", group_id="billing")
    async for message in consumer:
        asyncio.create_task(handle(message))
`;
const place = 7;

describe('saying what bounds a place', () => {
  it('writes the comment by a key, and leaves the cursor where the reason goes', async () => {
    await app();
    const [folder] = workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = Uri.joinPath(folder.uri, 'reasoned.py');
    await workspace.fs.writeFile(file, Buffer.from(text));
    const editor = await window.showTextDocument(file);
    const { document } = editor;
    const rules = () => languages.getDiagnostics(file).map(({ code }) => code);
    const found = () => rules().includes('py/unbounded-spawn');
    await eventually(languages.onDidChangeDiagnostics, 'the task is found', found);
    editor.selection = new Selection(place, 8, place, 8);
    const written = eventually(workspace.onDidChangeTextDocument, 'the comment is there', () =>
      document.getText().includes('        # backpressure: bounded-by \n        asyncio.create_task'),
    );
    await commands.executeCommand('editor.action.codeAction', { kind: 'quickfix.explain', apply: 'first' });
    await written;
    const atReason = () => {
      const { line, character } = editor.selection.active;
      return line === place && character === document.lineAt(place).text.length;
    };
    await eventually(window.onDidChangeTextEditorSelection, 'the cursor is at the reason', atReason);
    await eventually(languages.onDidChangeDiagnostics, 'a reason is asked for', () => rules().includes('bounded-by'));
    await commands.executeCommand('type', { text: 'a limit of four partitions' });
    await eventually(languages.onDidChangeDiagnostics, 'nothing is left to say', () => rules().length === 0);
    // The editor takes back what was typed and the comment one after the other.
    for (let left = 10; left > 0 && document.getText() !== text; left--) await commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await eventually(languages.onDidChangeDiagnostics, 'it is told again', found);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await workspace.fs.delete(file);
  });
});
