import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePipelineFile } from '../../../src/model/pipelineFile';
import type { ServedEditor } from '../../harness/codeServer';
import { Editor } from '../../harness/editorHost';
import { until, type Programs } from './programs';

/** The shortest that can be set; seconds. */
const settings = { 'backpressure.interval': 5, 'backpressure.window': 20 };

/** What the programs truly do: read off their source, by the one who wrote it. */
const truth = [
  ['billing', ['rabbitmq/payments'], ['rabbitmq/paid']],
  ['intake', ['kafka/orders/intake'], ['rabbitmq/payments']],
  ['shipping', ['rabbitmq/paid'], []],
];

/**
 * The whole story: a workspace that nobody has described is analyzed, its pipeline derived and kept, the bottleneck named
 * with its line of code, the quick fix taken, the program built anew, and the queue drains.
 */
export async function story(served: ServedEditor, chromium: string, vsix: string, programs: Programs): Promise<void> {
  const editor = await Editor.start({ served, browser: chromium, workspace: programs.workspace, vsix, settings });
  try {
    await Promise.all([editor.open(), programs.start()]);
    const code = await describe(editor, programs.workspace);
    const [before, later] = await seeItGrow(editor);
    assert.ok(later > before, `the line above the consumer grows: ${before}, then ${later}`);
    await seeWhy(editor, code);
    await mend(editor, programs, code);
  } catch (error) {
    await editor.shot('story-failed').catch(() => undefined);
    throw error;
  } finally {
    await editor.stop();
  }
}

/** Runs Analyze, looks at the derived pipeline and keeps it. @returns the line on which goroutines are started without a limit */
async function describe(editor: Editor, workspace: string): Promise<number> {
  const { page } = editor;
  await editor.openFile('main.go');
  await editor.command('Backpressure: Analyze Backpressure');
  await page.locator('.tabs-container .tab.active', { hasText: 'backpressure.yaml' }).waitFor();
  await editor.shot('story-1-derived');
  const file = path.join(workspace, 'backpressure.yaml');
  assert.ok(!existsSync(file), 'nothing is written unasked');
  await page.locator('.notification-list-item .monaco-button', { hasText: 'Write and Analyze' }).click();
  await page.getByText('Backpressure Report').first().waitFor();
  const { pipeline, problems } = parsePipelineFile(readFileSync(file, 'utf8'), {});
  assert.deepEqual(problems, []);
  const ids = (queues: readonly { id: string }[]) => queues.map(({ id }) => id);
  const stages = pipeline?.stages.map(({ name, consumes, produces }) => [name, ids(consumes), ids(produces)]);
  assert.deepEqual(stages, truth);
  const source = readFileSync(path.join(workspace, 'billing/main.go'), 'utf8').split('\n');
  return source.findIndex((line) => line.includes('go func')) + 1;
}

/** The backlog above the consumer, and how it is a little later. */
async function seeItGrow(editor: Editor): Promise<[number, number]> {
  const { page } = editor;
  await page.locator('.tabs-container .tab', { hasText: 'main.go' }).click();
  const lens = page.locator('.codelens-decoration a', { hasText: /^payments: / });
  const figure = async () =>
    Number(/([\d,]+) in flight/.exec((await lens.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
  await lens.filter({ hasText: /growing/ }).waitFor();
  const before = await figure();
  const told = (await lens.textContent()) ?? '';
  await lens.filter({ hasNotText: told }).waitFor();
  await editor.shot('story-2-lens');
  return [before, await figure()];
}

/** The report names the stage, and the line as evidence. */
async function seeWhy(editor: Editor, line: number): Promise<void> {
  const { page } = editor;
  await page.locator('.codelens-decoration a', { hasText: /^payments: / }).click();
  await page.locator('.notification-list-item', { hasText: 'Analyzing' }).waitFor({ state: 'detached' });
  const report = editor.webview();
  await report
    .getByText(/billing is the bottleneck/)
    .first()
    .waitFor();
  await report.getByText(`billing/main.go:${line}.`).first().waitFor();
  await editor.shot('story-3-report');
}

/** From the report to the code, its quick fix, and a program without the fault. */
async function mend(editor: Editor, programs: Programs, line: number): Promise<void> {
  const { page } = editor;
  const place = editor.webview().getByText(`billing/main.go:${line}`, { exact: true }).first();
  if (!(await place.isVisible())) await place.locator('xpath=ancestor::details[1]/summary').click();
  await place.click();
  await page.locator('.action-widget .focused', { hasText: 'Run at most 8 at once' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'make(chan' }).waitFor();
  await page.keyboard.press('Control+s');
  const file = path.join(programs.workspace, 'billing/main.go');
  await until(() => readFileSync(file, 'utf8').includes('make(chan struct{}, 8)'));
  await editor.shot('story-4-fixed');
  await programs.build();
  await programs.restartBilling();
  await page.locator('.codelens-decoration a', { hasText: /^payments: \d{1,3} (waiting|in flight)/ }).waitFor();
  await editor.shot('story-5-drains');
  const left = await programs.left('payments');
  assert.ok(left < 1000, `${left} payments are left`);
}
