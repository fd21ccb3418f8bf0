import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { workspace, type CancellationToken } from 'vscode';
import { renderMarkdown } from '../../diagnose/render/markdown';
import { writeTarget } from '../../generate/alerts/targets';
import { defaultAlertOptions } from '../../generate/alerts/words';
import { defaultObjectives } from '../../model/pipeline';
import type { Report } from '../../model/report';
import type { App } from '../context';
import { toolInputs, type ToolInput, type ToolName } from './inputs';
import { bounded, queueList, strategyText } from './texts';

const run = promisify(execFile);

type Answers = {
  [Name in ToolName]: (app: App, input: ToolInput<Name>, token: CancellationToken) => Promise<string>;
};

const answers: Answers = {
  backpressure_analyze: async (app) => bounded(renderMarkdown(await analyzed(app)), 'List the queues by name instead.'),
  backpressure_list_queues: async ({ poller }, input) => {
    await poller.refresh();
    const queues = poller.brokers.flatMap(({ queues }) => queues);
    if (poller.brokers.length === 0) throw new Error(nothingToRead);
    return bounded(queueList(queues, input), 'Ask with a match or a lower limit.');
  },
  backpressure_scan_source: async (_app, { path: wanted = '.' }, token) =>
    bounded(await scan(wanted, token), 'Scan a folder or a file of it.'),
  backpressure_recommend_strategy: async (app) => bounded(strategyText(await analyzed(app)), ''),
  backpressure_generate_alerts: async (app, { target, exporter }) => {
    const report = await analyzed(app);
    const { maxAgeSeconds, drainSeconds } = app.pipelineFile.loaded?.pipeline?.objectives ?? defaultObjectives;
    const options = { ...defaultAlertOptions, exporter, maxAgeSeconds, drainSeconds };
    const read = report.queues.filter(({ state }) => state !== 'unknown');
    const { text, refused } = writeTarget(target, { queues: read, brokers: report.brokers }, options);
    const left = refused.map(({ subject, refusal }) => `Left out, ${subject}: ${refusal.why}; ${refusal.enable}`);
    return bounded([text, ...left].join('\n'), 'The command line writes all of them: backpressure alerts.');
  },
};

const nothingToRead =
  'No broker is connected. The user can run "Backpressure: Add Connection…", or "Backpressure: Start Demo" to try it without one.';

/**
 * What a tool says to an assistant, as Markdown of at most 20,000 characters.
 * @throws {Error} whose message tells the assistant what to do instead
 */
export async function answer(app: App, name: ToolName, input: unknown, token: CancellationToken): Promise<string> {
  const parsed = toolInputs[name].safeParse(input ?? {});
  if (!parsed.success) throw new Error(`The input is not as its schema says: ${parsed.error.issues[0]?.message ?? ''}`);
  const tell = answers[name] as (app: App, input: unknown, token: CancellationToken) => Promise<string>;
  return tell(app, parsed.data, token);
}

async function analyzed(app: App): Promise<Report> {
  const report = await app.analysis.run(true);
  if (!report) throw new Error(app.poller.brokers.length === 0 ? nothingToRead : app.analyst.status.text);
  return report;
}

/** By the command line that is packed beside the extension: a scan of a large workspace must not hold up the editor. */
async function scan(wanted: string, token: CancellationToken): Promise<string> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open, so there is no source to scan.');
  const root = folder.uri.fsPath;
  const inside = path.relative(root, path.resolve(root, wanted));
  if (inside.startsWith('..') || path.isAbsolute(inside))
    throw new Error('The path is outside of the workspace folder.');
  const abort = new AbortController();
  const listener = token.onCancellationRequested(() => abort.abort());
  const args = ['scan', '--format', 'markdown', '--fail-on', 'none', '--quiet', '--', inside === '' ? '.' : inside];
  try {
    const { stdout } = await run(process.execPath, [path.join(__dirname, 'cli.js'), ...args], {
      ...{ cwd: root, signal: abort.signal, maxBuffer: 64 * 1024 * 1024 },
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    return stdout;
  } finally {
    listener.dispose();
  }
}
