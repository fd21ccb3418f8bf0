import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Editor } from '../../harness/editorHost';
import { until } from '../../harness/process';
import type { Scenario } from './scenarios';

const languageServer = path.join('dist', 'server.js');
const extensionHost = '--type=extensionHost';

/** Kills what has a text in its command line, as the system does when memory runs out, and waits for another one. */
async function killed(editor: Editor, text: string): Promise<void> {
  const before = editor.processes(text);
  assert.equal(before.length, 1, `one process has ${text}`);
  for (const pid of before) process.kill(pid, 'SIGKILL');
  await until(`another ${text} runs`, () =>
    Promise.resolve(editor.processes(text).some((pid) => !before.includes(pid))),
  );
}

/** A function that the hints mark. */
const consumer = (name: string) => `
func ${name}(reader *kafka.Reader) {
	for {
		message, _ := reader.ReadMessage(context.Background())
		go handle(message)
	}
}
`;
const head = 'package main\n\nimport (\n\t"context"\n\n\t"github.com/segmentio/kafka-go"\n)\n';

/** The processes of an extension die in the middle of their work. They follow the scenarios, which leave a connection behind. */
export const killedOnes: Scenario[] = [
  {
    name: 'after the language server was killed, what is written from then on is marked too',
    play: async (editor) => {
      const file = path.join(editor.workspace, 'killed.go');
      await writeFile(file, head + consumer('before'));
      await editor.openFile('killed.go');
      const marked = editor.page.locator('.codelens-decoration', { hasText: 'unbounded' });
      await marked.first().waitFor();
      const squiggles = editor.page.locator('.view-overlays .cdr[class*="squiggly"]');
      await squiggles.first().waitFor();
      await killed(editor, languageServer);
      await appendFile(file, consumer('after'));
      await marked.nth(1).waitFor();
      await squiggles.nth(1).waitFor();
      await editor.shot('10-server-killed-dark');
    },
  },
  {
    name: 'after the extension host was killed, the connections are there again',
    play: async (editor) => {
      const rows = editor.page.locator('.pane-body .monaco-list-row');
      await editor.command('Backpressure: Start Demo');
      await rows.filter({ hasText: 'validated' }).waitFor();
      // Nobody keeps a demo: what is there without it, another host shows.
      await killed(editor, extensionHost);
      await rows.filter({ hasText: 'validated' }).waitFor({ state: 'detached' });
      await rows.filter({ hasText: 'Retry' }).waitFor();
      await editor.shot('10-host-killed-dark');
    },
  },
];
