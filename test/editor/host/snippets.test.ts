import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, SnippetString, window, workspace } from 'vscode';
import { extension } from './support';

describe('snippets', () => {
  const root = () => extension().extensionPath;
  const manifest = () => extension().packageJSON as { contributes: { snippets: { language: string; path: string }[] } };
  const read = (...parts: string[]) => readFileSync(path.join(root(), ...parts), 'utf8');

  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('expand to the text that is generated, whose compilers are its tests', async function () {
    // Dozens of editors are opened, one after the other.
    this.timeout(240_000);
    assert.equal(manifest().contributes.snippets.length, 6);
    for (const { language, path: file } of manifest().contributes.snippets) {
      const snippets = JSON.parse(read(file)) as Record<string, { prefix: string; body: string[] }>;
      assert.ok(Object.keys(snippets).length > 1);
      for (const { prefix, body } of Object.values(snippets)) {
        const folder = path.join('dist/templates', prefix, language);
        const [name = ''] = readdirSync(path.join(root(), folder)).filter((entry) => entry.includes('.'));
        const template = read(folder, name).trimEnd();
        const document = await workspace.openTextDocument({ language, content: '' });
        const editor = await window.showTextDocument(document);
        const tabs = /^\t/m.test(template);
        editor.options = {
          insertSpaces: !tabs,
          tabSize: tabs ? 4 : (/^( +)(?=[^ *])/m.exec(template)?.[1]?.length ?? 4),
        };
        await editor.insertSnippet(new SnippetString(body.join('\n')));
        // The other forms of the name are made when it is left.
        await commands.executeCommand('jumpToNextSnippetPlaceholder');
        assert.equal(document.getText(), template, `${language} ${prefix}`);
        await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    }
  });
});
