// `npm run usability`: performs five tasks in a real editor, counts what a person has to do for each, and writes the
// counts into docs/usability.md.
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { format, resolveConfig } from 'prettier';
import { findChromium } from '../harness/chromium';
import { codeServer } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { startKafka } from '../harness/kafka';
import { kafkaUsers } from '../harness/kafkaProperties';
import { folder, projectRoot, runFolder } from '../harness/tools';

const chromium = await findChromium();
const host = await codeServer();
if (!chromium.ok || !host.ok) throw new Error('the tasks are performed in a served VS Code with Chromium');
const kafka = await startKafka();
const workspace = path.join(await mkdtemp(path.join(folder(runFolder), 'workspace-')), 'orders');
await cp(path.join(projectRoot, 'test/editor/workspace'), workspace, { recursive: true });
const editor = await Editor.start({ served: host.value, browser: chromium.value, workspace });
const { page } = editor;
const rows = page.locator('.pane-body .monaco-list-row');

/** What was done for the task that is under way, in words. */
let done: string[] = [];
const counts: Record<string, string[]> = {};

async function click(what: string, place: Locator, button: 'left' | 'right' = 'left'): Promise<void> {
  // A menu takes a press for the end of the one that opened it when it comes at once.
  await place.click({ button, delay: 200 });
  done.push(what);
}

/** Chooses a row of the list that is open. */
const choose = (label: string) =>
  click(`choose **${label}**`, page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first());

/** Types an answer; one that is offered already is only confirmed. */
async function answer(title: string, text: string | null): Promise<void> {
  await page.locator('.quick-input-widget .quick-input-title', { hasText: title }).waitFor();
  if (text !== null) await page.locator('.quick-input-widget .quick-input-box input').fill(text);
  await page.keyboard.press('Enter');
  const asked = title.replace(/^.*: /, '').toLowerCase();
  done.push(`${text === null ? 'confirm' : 'type'} the ${asked}`);
}

async function task(name: string, play: () => Promise<void>): Promise<void> {
  done = [];
  await play();
  counts[name] = done;
  console.log(`${name}: ${done.length} (${done.join(', ')})`);
}

try {
  await editor.open();
  await page.locator('.activitybar a.action-label[aria-label="Backpressure"]').click();
  await page.locator('.welcome-view-content .monaco-button', { hasText: 'Start Demo' }).click();
  await rows
    .filter({ hasText: 'validated' })
    .or(page.locator('.part.statusbar', { hasText: 'validated' }))
    .first()
    .waitFor();
  await page.locator('.activitybar a.action-label[aria-label^="Explorer"]').click();

  await task('See the worst queue', async () => {
    await click(
      'click the **Backpressure** icon',
      page.locator('.activitybar .action-item:has(a[aria-label^="Backpressure"])'),
    );
    await rows.nth(1).filter({ hasText: 'validated' }).waitFor();
  });

  await task('Find out why', async () => {
    await rows.first().hover();
    await click(
      'click **Analyze Backpressure**',
      page.locator('.pane-header .action-label[aria-label="Analyze Backpressure"]'),
    );
    await editor.webview().getByRole('heading', { name: 'payment-processor is the bottleneck' }).waitFor();
  });

  await task('Export the report', async () => {
    const report = editor.webview();
    await click('open **Copy or export**', report.getByText('Copy or export'));
    await click('click **Export Markdown**', report.getByText('Export Markdown'));
    await page.locator('.quick-input-widget input').first().waitFor();
    await page.keyboard.press('Enter');
    done.push('confirm where to');
    await page.locator('.notification-list-item', { hasText: 'Saved' }).first().waitFor();
  });

  await task('Generate an alert', async () => {
    await click('right-click the queue', rows.filter({ hasText: 'validated' }), 'right');
    await click(
      'choose **Generate Alert Rules**',
      page.locator('.monaco-menu .action-item', { hasText: 'Generate Alert Rules' }),
    );
    await choose('self');
    await page.locator('.view-line', { hasText: 'alert:' }).first().waitFor();
  });

  await editor.command('Backpressure: Stop Demo');
  const start = page.locator('.welcome-view-content .monaco-button', { hasText: 'Add Connection' });
  await start.waitFor();
  await task('Connect a Kafka that asks for SASL/SCRAM', async () => {
    await click('click **Add Connection**', start);
    await choose('Kafka');
    await answer('Kafka: address', kafka.saslBootstrap);
    await choose('No encryption');
    await choose('SASL SCRAM-SHA-512');
    await answer('User name', kafkaUsers.admin.username);
    await answer('Password', kafkaUsers.admin.password);
    await answer('Name of the connection', null);
    await choose('For all my workspaces');
    await rows.filter({ hasText: /^kafka/ }).waitFor();
  });
} finally {
  await editor.shot('usability-end').catch(() => undefined);
  await editor.stop();
  await kafka.stop();
}

const file = path.join(projectRoot, 'docs/usability.md');
const text = await readFile(file, 'utf8');
const lines = Object.entries(counts).map(([name, acts]) => `| ${name} | ${acts.length} | ${acts.join(', ')} |`);
const table = ['| task | actions | which |', '| --- | ---: | --- |', ...lines].join('\n');
const [before = '', , after = ''] = text.split(/(<!-- counted -->[\s\S]*?<!-- end of count -->)/);
const written = `${before}<!-- counted -->\n\n${table}\n\n<!-- end of count -->${after}`;
await writeFile(file, await format(written, { ...(await resolveConfig(file)), filepath: file }));
