import assert from 'node:assert/strict';
import { commands, Selection, window, workspace, type TextDocument } from 'vscode';
import { press } from './print';
import { app, until } from './support';

const content = `package main

func run(jobs []func()) {
	for _, job := range jobs {
		job()
	}
}
`;

/** Selects lines, counted from 0, of a new document. */
async function select(from: number, to: number): Promise<TextDocument> {
  await app();
  const document = await workspace.openTextDocument({ language: 'go', content });
  const editor = await window.showTextDocument(document);
  editor.selection = new Selection(from, 0, to, 0);
  return document;
}

const preview = () => workspace.textDocuments.find(({ uri }) => uri.scheme === 'backpressure-code');

describe('Insert Worker Pool on a selected loop', () => {
  afterEach(async () => {
    await commands.executeCommand('notifications.clearAll');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows what it would become, changes it when that is accepted, and one undo takes it back', async () => {
    const document = await select(3, 6);
    const done = commands.executeCommand('backpressure.insertWorkerPool');
    const isShown = () => preview()?.getText().includes('slots := make(chan struct{}, 8)') ?? false;
    await until('the preview is there', isShown);
    assert.equal(document.getText(), content);
    // The question has no event, so the answer is given until it is taken.
    while (document.getText() === content) {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await done;
    assert.match(document.getText(), /\t\tslots <- struct\{\}\{\}\n\t\twg\.Add\(1\)\n\t\tgo func\(\) \{\n/);
    assert.match(document.getText(), /^package main\n\nimport "sync"\n/);
    await commands.executeCommand('undo');
    await until('it is as it was', () => document.getText() === content);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says why, where no loop is selected, and changes nothing', async () => {
    const document = await select(0, 1);
    await commands.executeCommand('backpressure.insertWorkerPool');
    await press('No loop is selected.', 'Show Log');
    await until('the log is open', () => workspace.textDocuments.some(({ uri }) => uri.scheme === 'output'));
    assert.equal(document.getText(), content);
  });
});
