import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Editor } from '../../harness/editorHost';
import { themes } from '../themes';

/** Something a person does, with what they then see. The scenarios share one editor and follow each other. */
export interface Scenario {
  name: string;
  play: (editor: Editor) => Promise<void>;
}

const rows = (editor: Editor) => editor.page.locator('.pane-body .monaco-list-row');

/** Something that listens and never answers. */
async function silentServer(): Promise<{ address: string; close(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** The questions about a Redis after its address. */
async function restOfRedis(editor: Editor): Promise<void> {
  await editor.choose('Redis: encryption', 'No encryption');
  await editor.answer('User name', '');
  await editor.answer('Password', '');
  await editor.answer('Name of the connection', 'cache');
}

export const scenarios: Scenario[] = [
  {
    name: 'the empty view says what it is for and offers the demo',
    play: async (editor) => {
      await editor.page.locator('.activitybar a.action-label[aria-label="Backpressure"]').click();
      await editor.page.locator('.welcome-view-content', { hasText: 'where your message pipeline backs up' }).waitFor();
      await editor.shot('1-welcome-dark');
    },
  },
  {
    name: 'Start Demo fills the tree with figures, the growing queue first',
    play: async (editor) => {
      await editor.page.locator('.welcome-view-content .monaco-button', { hasText: 'Start Demo' }).click();
      await rows(editor).filter({ hasText: 'validated' }).waitFor();
      const texts = await rows(editor).allInnerTexts();
      assert.match(texts[1] ?? '', /validated[\s\S]*↑ [\d,]+\/s · .* old/);
      await editor.page.locator('.part.statusbar', { hasText: 'validated › payment-processor' }).waitFor();
      await editor.shot('2-tree-dark');
    },
  },
  {
    name: 'a queue’s hover gives its state, its last hour and its rates',
    play: async (editor) => {
      await rows(editor).filter({ hasText: 'validated' }).hover();
      const hover = editor.page.locator('.monaco-hover:visible', { hasText: 'Arrive' });
      await hover.waitFor();
      await editor.shot('3-hover-dark');
      await editor.page.mouse.move(900, 500);
      await hover.waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'Analyze Backpressure opens the page with the sentence and the map, in every theme',
    play: async (editor) => {
      await editor.command('Backpressure: Analyze Backpressure');
      const page = editor.webview();
      await page.getByRole('heading', { name: 'payment-processor is the bottleneck' }).waitFor();
      await page.locator('svg').first().waitFor();
      // The extension's answer to what the page asks on its own.
      await page.getByRole('group', { name: 'What if' }).getByText('Drains in').waitFor();
      for (const { theme, mark, name } of themes) {
        await editor.theme(theme, mark);
        await page.getByRole('heading', { name: 'payment-processor is the bottleneck' }).waitFor();
        await editor.shot(`4-report-${name}`);
      }
      await editor.theme('Dark Modern', 'vs-dark');
    },
  },
  {
    name: 'an exported picture opens from the message about it',
    play: async (editor) => {
      await editor.webview().getByRole('button', { name: 'Export PNG' }).click();
      await editor.page.locator('.quick-input-title', { hasText: 'Export PNG' }).waitFor();
      await editor.page.keyboard.press('Enter');
      const message = editor.page.locator('.notification-toast', { hasText: /Saved .*\.png/ });
      await message.locator('.monaco-button', { hasText: 'Open' }).click();
      const picture = editor.page.locator('.tabs-container .tab.active', { hasText: '.png' });
      await picture.waitFor();
      await editor.webview().locator('img').waitFor();
      await editor.shot('4-exported-dark');
      await picture.getByRole('button', { name: /^Close/ }).click();
    },
  },
  {
    name: 'the page is whole again after it was hidden',
    play: async (editor) => {
      await editor.openFile('go.mod');
      await editor.page.locator('.tabs-container .tab', { hasText: 'Backpressure Report' }).click();
      await editor.webview().getByRole('heading', { name: 'payment-processor is the bottleneck' }).waitFor();
    },
  },
  {
    name: 'Analyze from a queue’s menu opens its details',
    play: async (editor) => {
      await rows(editor).filter({ hasText: 'results' }).first().click({ button: 'right' });
      // By key: a menu takes no click so soon after the one that opened it.
      await editor.page.locator('.monaco-menu .action-item', { hasText: 'Analyze Backpressure' }).hover();
      await editor.page.keyboard.press('Enter');
      await editor
        .webview()
        .getByLabel(/^Details of results/)
        .waitFor();
      await editor.shot('4-details-dark');
    },
  },
  {
    name: 'Go to code of a queue on the map says where no code is known',
    play: async (editor) => {
      await editor.webview().getByRole('button', { name: 'Go to code' }).click();
      const said = editor.page.locator('.notification-list-item', {
        hasText: 'is known to produce or consume results',
      });
      await said.waitFor();
      await editor.command('Notifications: Clear All Notifications');
      await said.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'a goroutine for each message is marked above its line',
    play: async (editor) => {
      await editor.openFile('consumer.go');
      await editor.page.locator('.codelens-decoration', { hasText: 'unbounded' }).waitFor();
      await editor.shot('5-codelens-dark');
    },
  },
  {
    name: 'Add Connection asks step by step and says why a broker cannot be read',
    play: async (editor) => {
      await editor.command('Backpressure: Add Connection');
      await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Redis' }).waitFor();
      await editor.shot('6-add-connection-dark');
      await editor.pick('Redis', 'Redis');
      await editor.answer('Redis: address', 'no port:x');
      await editor.page.locator('.quick-input-message', { hasText: 'is no host:port' }).waitFor();
      const silent = await silentServer();
      await editor.answer('Redis: address', silent.address);
      await editor.choose('Redis: encryption', 'TLS with files of your own');
      await editor.answer('Certificate of the authority', '/no/such/file.pem');
      await editor.page.locator('.quick-input-message', { hasText: 'cannot be read' }).waitFor();
      await editor.page.locator('.quick-input-left-action-bar .action-label').click();
      await restOfRedis(editor);
      await editor.choose('Where shall it be saved', 'For all my workspaces');
      const reading = editor.page.locator('.notification-toast', { hasText: 'Reading the broker once' });
      await reading.locator('.monaco-button', { hasText: 'Cancel' }).click();
      const cancelled = editor.page.locator('.monaco-dialog-box', { hasText: 'The test was cancelled' });
      await cancelled.locator('.monaco-button', { hasText: 'Edit' }).click();
      silent.close();
      await editor.page.locator('.quick-input-title', { hasText: 'Redis: address' }).waitFor();
      assert.equal(await editor.page.locator('.quick-input-box input').inputValue(), silent.address);
      await editor.answer('Redis: address', '127.0.0.1:1');
      await restOfRedis(editor);
      const dialog = editor.page.locator('.monaco-dialog-box', { hasText: 'cannot be read' });
      await dialog.waitFor();
      await editor.shot('7-broker-away-dark');
      await dialog.locator('.monaco-button', { hasText: 'Save Anyway' }).click();
      await rows(editor).filter({ hasText: 'Retry' }).waitFor();
      await editor.shot('8-error-row-dark');
    },
  },
  {
    name: 'Insert Worker Pool shows beside the file what it would write, and one undo takes it back',
    play: async (editor) => {
      await editor.openFile('consumer.go');
      await editor.command('Backpressure: Insert Worker Pool');
      await editor.choose('Insert Worker Pool', 'plain');
      await editor.page.locator('.quick-input-message', { hasText: 'What to call it' }).waitFor();
      await editor.page.locator('.quick-input-box input').fill('func');
      await editor.page.locator('.quick-input-message', { hasText: 'is a word of Go' }).waitFor();
      await editor.page.locator('.quick-input-box input').fill('OrderJobs');
      const preview = editor.page.locator('.editor-instance', { hasText: 'Package orderjobs' });
      await preview.waitFor();
      await editor.shot('9-insert-worker-pool-dark');
      await editor.page.keyboard.press('Enter');
      await editor.page.locator('.quick-input-message', { hasText: 'How many at once' }).waitFor();
      await editor.answer('Insert Worker Pool', '23');
      await editor.choose('Insert Worker Pool', 'Insert into consumer.go');
      await preview.waitFor({ state: 'hidden' });
      const code = editor.page.locator('.editor-instance', { hasText: 'orderJobsDefaultConcurrency = 23' });
      await code.waitFor();
      await editor.shot('9-inserted-dark');
      await code.click();
      await editor.page.keyboard.press('Control+z');
      await code.waitFor({ state: 'hidden' });
      assert.equal(await editor.page.locator('.tab.dirty').count(), 0);
    },
  },
  {
    name: 'the row of a broker that is away reads it again, and the way to the log stands beside it',
    play: async (editor) => {
      const row = rows(editor).filter({ hasText: 'Retry' });
      await row.click();
      await row.waitFor();
      await row.hover();
      await row.locator('.action-label[aria-label="Show Log"]').click();
      await editor.page.locator('.part.panel .view-line', { hasText: 'cache' }).first().waitFor();
    },
  },
  {
    name: 'the last report is there again after the window was reloaded',
    play: async (editor) => {
      await editor.page.reload();
      const report = editor.page.locator('.tabs-container .tab', { hasText: 'Backpressure Report' });
      await report.click();
      const page = editor.webview();
      await page.getByRole('heading', { name: 'payment-processor is the bottleneck' }).waitFor();
      await page.getByRole('status').getByText('The last report, of').waitFor();
      await editor.shot('9-reloaded-dark');
    },
  },
];
