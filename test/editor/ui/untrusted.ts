import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { ServedEditor } from '../../harness/codeServer';
import { Editor } from '../../harness/editorHost';
import { folder, runFolder } from '../../harness/tools';

/**
 * Opens a workspace that names one listening address wherever a workspace can name a broker, and looks who calls there:
 * nobody while it is not trusted, the extension once it is.
 */
export async function inUntrusted(served: ServedEditor, browser: string, vsix: string): Promise<void> {
  let called: () => void = () => undefined;
  let calls = 0;
  const server = createServer((socket) => {
    calls++;
    socket.destroy();
    called();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const workspace = await namesBroker(`redis://127.0.0.1:${port}`);
  const settings = {
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
    'security.workspace.trust.untrustedFiles': 'open',
  };
  const editor = await Editor.start({ served, browser, workspace, vsix, settings, untrusted: true });
  try {
    await editor.open();
    const rows = editor.page.locator('.pane-body .monaco-list-row');
    await editor.page.locator('.activitybar a.action-label[aria-label="Backpressure"]').click();
    await editor.page.locator('.welcome-view-content', { hasText: 'This workspace is not trusted' }).waitFor();
    await editor.shot('9-untrusted-dark');
    // The extension itself works: it reads what the workspace does not name.
    await editor.page.locator('.welcome-view-content .monaco-button', { hasText: 'Start Demo' }).click();
    await rows
      .filter({ hasText: 'payment-processor' })
      .or(rows.filter({ hasText: 'validated' }))
      .first()
      .waitFor();
    const texts = (await rows.allInnerTexts()).join('\n');
    assert.doesNotMatch(texts, /from-settings|from-file|REDIS_URL|127\.0\.0\.1/);
    assert.equal(calls, 0, 'nobody called');
    const contacted = new Promise<void>((resolve) => (called = resolve));
    await editor.command('Workspaces: Manage Workspace Trust');
    await editor.page
      .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
      .first()
      .click();
    await contacted;
  } finally {
    await editor.shot('9-untrusted-end').catch(() => undefined);
    await editor.stop();
    server.close();
  }
}

/** A workspace whose settings, pipeline file and `.env` all name that broker. */
async function namesBroker(url: string): Promise<string> {
  const workspace = path.join(await mkdtemp(path.join(folder(runFolder), 'workspace-')), 'strangers');
  await mkdir(path.join(workspace, '.vscode'), { recursive: true });
  const connections = [{ name: 'from-settings', url }];
  await writeFile(
    path.join(workspace, '.vscode/settings.json'),
    JSON.stringify({ 'backpressure.connections': connections }),
  );
  await writeFile(
    path.join(workspace, 'backpressure.yaml'),
    `pipeline: p\nbrokers:\n  from-file: { url: "${url}" }\nstages:\n  s: { consumes: [{ broker: from-file, destination: orders, group: s }] }\n`,
  );
  await writeFile(path.join(workspace, '.env'), `REDIS_URL=${url}\n`);
  return workspace;
}
