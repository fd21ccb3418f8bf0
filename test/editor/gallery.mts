// `npm run gallery`: takes a picture of every view in each of the four themes, to be looked at before a release.
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { demoSweeps } from '../../src/measure/demo/index';
import { recordingLine } from '../../src/measure/recording';
import { findChromium } from '../harness/chromium';
import { codeServer } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { folder, projectRoot, runFolder } from '../harness/tools';
import { themes } from './themes';

const chromium = await findChromium();
const host = await codeServer();
if (!chromium.ok || !host.ok) throw new Error('the gallery needs Chromium and a served VS Code');
const workspace = path.join(await mkdtemp(path.join(folder(runFolder), 'workspace-')), 'orders');
await cp(path.join(projectRoot, 'test/editor/workspace'), workspace, { recursive: true });
await writeFile(path.join(workspace, '.env'), 'REDIS_URL=redis://127.0.0.1:1/0\n');
const recorded = demoSweeps('bottleneck', Date.UTC(2026, 0, 1, 10), 1200, 10);
await writeFile(path.join(workspace, 'incident.jsonl'), recorded.map((sweep) => `${recordingLine(sweep)}\n`).join(''));
const editor = await Editor.start({ served: host.value, browser: chromium.value, workspace });
const { page } = editor;
const rows = page.locator('.pane-body .monaco-list-row');
const tab = (name: string) => page.locator('.tabs-container .tab', { hasText: name });

/** What is shown now, in every theme. */
async function inEveryTheme(view: string): Promise<void> {
  await page.mouse.move(1390, 890);
  for (const { theme, mark, name } of themes) {
    await editor.theme(theme, mark);
    await editor.shot(`gallery-${view}-${name}`);
  }
}

try {
  await editor.open();
  await page.locator('.activitybar a.action-label[aria-label="Backpressure"]').click();
  await rows
    .filter({ hasText: 'REDIS_URL' })
    .or(rows.filter({ hasText: 'redis://' }))
    .first()
    .waitFor();
  await inEveryTheme('welcome');
  // It takes the focus whenever it likes, also from the list of themes.
  for (const { theme, mark, name } of themes) {
    await editor.theme(theme, mark);
    await editor.command('Backpressure: Get Started');
    await page.locator('.getting-started-media img').waitFor();
    await editor.shot(`gallery-walkthrough-${name}`);
    await tab('Walkthrough').locator('.codicon-close').click();
  }
  await editor.command('Backpressure: Start Demo');
  await rows.filter({ hasText: 'validated' }).waitFor();
  await editor.command('Backpressure: Analyze Backpressure');
  await editor.webview().getByRole('group', { name: 'What if' }).getByText('Drains in').waitFor();
  await inEveryTheme('tree-map');
  await editor.webview().getByRole('group', { name: 'What if' }).scrollIntoViewIfNeeded();
  await inEveryTheme('report');
  await editor.command('Backpressure: Analyze Backpressure');
  const boxes = editor.webview().getByRole('region', { name: 'Last reports' }).getByRole('checkbox');
  await boxes.nth(1).waitFor();
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await editor.webview().getByRole('button', { name: 'Compare' }).click();
  await editor.webview().getByRole('region', { name: 'Comparison of two reports' }).scrollIntoViewIfNeeded();
  await inEveryTheme('comparison');
  await editor.command('Backpressure: Show Chart');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'validated' }).first().click();
  await editor.webview().getByRole('application').locator('canvas').nth(2).waitFor();
  await inEveryTheme('chart');
  await tab('validated').locator('.codicon-close').first().click();
  await editor.command('Backpressure: Add Connection');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Redis' }).waitFor();
  await editor.shot('gallery-connection');
  await page.keyboard.press('Escape');
  await page.locator('.activitybar a.action-label[aria-label^="Explorer"]').click();
  await rows.filter({ hasText: 'incident.jsonl' }).click({ button: 'right' });
  // A menu takes a press for the end of the one that opened it when it comes at once.
  await page.locator('.monaco-menu .action-item', { hasText: 'Open Recording' }).click({ delay: 200 });
  await editor.webview().getByRole('slider').waitFor();
  await page.locator('.activitybar .action-item:has(a[aria-label^="Backpressure"])').click();
  await inEveryTheme('recording');
} finally {
  await editor.shot('gallery-end').catch(() => undefined);
  await editor.stop();
}
console.log(`The pictures are in ${path.relative(projectRoot, folder(runFolder, 'screenshots'))}.`);
