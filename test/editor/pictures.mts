// `npm run pictures`: takes the pictures of the walkthrough from the running extension into media/walkthrough.
import { cp, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { findChromium } from '../harness/chromium';
import { codeServer } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { folder, projectRoot, runFolder } from '../harness/tools';

const chromium = await findChromium();
const host = await codeServer();
if (!chromium.ok || !host.ok) throw new Error('the pictures need Chromium and a served VS Code');
const workspace = path.join(await mkdtemp(path.join(folder(runFolder), 'workspace-')), 'orders');
await cp(path.join(projectRoot, 'test/editor/workspace'), workspace, { recursive: true });
const editor = await Editor.start({ entry: host.value, browser: chromium.value, workspace });

/** A part of the window: what the step is about, at a size that the walkthrough shows without shrinking it. */
const picture = (name: string, clip: { x: number; y: number; width: number; height: number }) =>
  editor.page.screenshot({ path: path.join(folder(projectRoot, 'media/walkthrough'), `${name}.png`), clip });

try {
  const { page } = editor;
  await editor.open();
  await page.setViewportSize({ width: 1200, height: 760 });
  await page.locator('.activitybar a.action-label[aria-label="Backpressure"]').click();
  await editor.command('Backpressure: Start Demo');
  await page.locator('.pane-body .monaco-list-row', { hasText: 'validated' }).waitFor();
  await page.mouse.move(900, 600);
  await picture('tree', { x: 0, y: 30, width: 560, height: 360 });
  await editor.command('Backpressure: Analyze Backpressure');
  await editor.webview().getByRole('group', { name: 'What if' }).getByText('Drains in').waitFor();
  await picture('report', { x: 345, y: 30, width: 855, height: 560 });
  await editor.command('Backpressure: Show Chart');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'validated' }).first().click();
  await editor.webview().getByRole('application').locator('canvas').nth(2).waitFor();
  await picture('chart', { x: 345, y: 30, width: 855, height: 560 });
  await editor.command('Backpressure: Add Connection');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Redis' }).waitFor();
  await picture('connect', { x: 250, y: 0, width: 700, height: 400 });
  await page.keyboard.press('Escape');
  await editor.command('Backpressure: Open Pipeline File');
  await page.locator('.view-line', { hasText: 'pipeline: orders' }).waitFor();
  await picture('file', { x: 345, y: 30, width: 855, height: 460 });
} finally {
  await editor.stop();
}
