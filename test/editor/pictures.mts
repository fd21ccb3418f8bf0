// `npm run pictures`: takes the pictures of the walkthrough from the running extension into media/walkthrough.
import { cp, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { findChromium } from '../harness/chromium';
import { codeServer } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { folder, projectRoot, runFolder } from '../harness/tools';
import { themes } from './themes';

const chromium = await findChromium();
const host = await codeServer();
if (!chromium.ok || !host.ok) throw new Error('the pictures need Chromium and a served VS Code');
const workspace = path.join(await mkdtemp(path.join(folder(runFolder), 'workspace-')), 'orders');
await cp(path.join(projectRoot, 'test/editor/workspace'), workspace, { recursive: true });
const editor = await Editor.start({ served: host.value, browser: chromium.value, workspace });

/** A part of the window, dark and light: what the step is about, at a size that the walkthrough shows without shrinking it. */
async function picture(name: string, clip: { x: number; y: number; width: number; height: number }): Promise<void> {
  for (const { theme, mark, name: kind } of [themes[1], themes[0]]) {
    await editor.theme(theme, mark);
    await editor.page.mouse.move(900, 600);
    // The workbench fades from one theme to the other.
    await editor.page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))');
    const file = path.join(folder(projectRoot, 'media/walkthrough'), `${name}-${kind}.png`);
    await editor.page.screenshot({ path: file, clip });
  }
}

try {
  const { page } = editor;
  await editor.open();
  await page.setViewportSize({ width: 1200, height: 760 });
  await page.locator('.activitybar a.action-label[aria-label="Backpressure"]').click();
  await editor.command('Backpressure: Start Demo');
  await page.locator('.pane-body .monaco-list-row', { hasText: 'validated' }).waitFor();
  await picture('tree', { x: 0, y: 30, width: 560, height: 360 });
  await editor.command('Backpressure: Analyze Backpressure');
  await editor.webview().getByRole('group', { name: 'What if' }).getByText('Drains in').waitFor();
  await picture('report', { x: 345, y: 30, width: 855, height: 560 });
  await editor.command('Backpressure: Show Chart');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'validated' }).first().click();
  await editor.webview().getByRole('application').locator('canvas').nth(2).waitFor();
  await picture('chart', { x: 345, y: 30, width: 855, height: 560 });
  await editor.command('Backpressure: Open Pipeline File');
  await page.locator('.view-line', { hasText: 'pipeline: orders' }).waitFor();
  await picture('file', { x: 345, y: 30, width: 855, height: 460 });
  // The list is closed by whatever else is opened, the list of themes too.
  for (const { theme, mark, name } of [themes[1], themes[0]]) {
    await editor.theme(theme, mark);
    await editor.command('Backpressure: Add Connection');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Redis' }).waitFor();
    const file = path.join(folder(projectRoot, 'media/walkthrough'), `connect-${name}.png`);
    await page.screenshot({ path: file, clip: { x: 250, y: 0, width: 700, height: 400 } });
    await page.keyboard.press('Escape');
  }
} finally {
  await editor.stop();
}
