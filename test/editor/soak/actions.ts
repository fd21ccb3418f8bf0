import { commands, ConfigurationTarget, Uri, window, workspace } from 'vscode';
import type { App } from '../../../src/extension/context';
import { demoSweeps } from '../../../src/measure/demo/index';
import { recordingLine } from '../../../src/measure/recording';

/** What a person may do, and what with. */
export interface Possible {
  running: App;
  /** URLs of the connections by name. */
  connections: Readonly<Record<string, string>>;
  /** Texts that the pipeline file may have; null: there is none. */
  pipelines: readonly (string | null)[];
  random: () => number;
  /** Takes what goes wrong with something that nobody waits for. */
  failed: (what: string, error: unknown) => void;
}

/** Every thing that a person does, over and over; an analysis takes its time, and nobody waits for it. */
export function actions(possible: Possible): Record<string, () => unknown> {
  const { running, failed } = possible;
  const run = (command: string, ...rest: unknown[]) => commands.executeCommand(`backpressure.${command}`, ...rest);
  return {
    'start the demo': () => run('startDemo'),
    'stop the demo': () => run('stopDemo'),
    refresh: () => run('refresh'),
    analyze: () => void running.analysis.run().catch((error: unknown) => failed('analyze', error)),
    'cancel the analysis': () => running.analysis.cancel(),
    'open the report': () => running.panel.show(),
    'close the report': () => running.panel.close(),
    'open a chart': () => running.charts.show('demo/validated/payment-processor'),
    'close the charts': () => running.charts.close(),
    'open a source file': async () => {
      const [file] = await workspace.findFiles('*.go');
      if (file) await window.showTextDocument(file);
    },
    'close all editors': () => commands.executeCommand('workbench.action.closeAllEditors'),
    'open a recording': async () => run('openRecording', await recorded()),
    'close the recording': () => run('closeRecording'),
    ...settingsAndConnections(possible),
  };
}

function settingsAndConnections({ running, connections, pipelines, random }: Possible): Record<string, () => unknown> {
  const among = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const set = (name: string, value: unknown) =>
    workspace.getConfiguration('backpressure').update(name, value, ConfigurationTarget.Global);
  const saved = () => running.connections.saved().map(({ name }) => name);
  return {
    'set the interval': () => set('interval', among([5, 10, 20])),
    'set the window': () => set('window', among([20, 60])),
    'set live figures': () => set('liveFigures.enabled', random() < 0.5),
    'set hints': () => set('hints.enabled', random() < 0.5),
    'set notifications': () => set('notifications', random() < 0.5),
    'add a connection': async () => {
      const name = among(Object.keys(connections));
      if (!saved().includes(name)) await running.connections.save(name, connections[name]!);
    },
    'add another connection': async () => {
      const lacking = Object.keys(connections).find((name) => !saved().includes(name));
      if (lacking !== undefined) await running.connections.save(lacking, connections[lacking]!);
    },
    'remove a connection': async () => {
      if (saved().length > 0) await running.connections.remove(among(saved()));
    },
    'write the pipeline file': () => writePipeline(among(pipelines)),
  };
}

/** Writes the workspace's pipeline file, or takes it away. */
export async function writePipeline(text: string | null): Promise<void> {
  const uri = inWorkspace('backpressure.yaml');
  if (text !== null) await workspace.fs.writeFile(uri, Buffer.from(text));
  else await Promise.resolve(workspace.fs.delete(uri)).catch(() => undefined);
}

/** Ten minutes of the demo in a file of the workspace. */
async function recorded(): Promise<Uri> {
  const uri = inWorkspace('incident.jsonl');
  const sweeps = demoSweeps('bottleneck', Date.UTC(2026, 0, 1), 600, 10);
  await workspace.fs.writeFile(uri, Buffer.from(sweeps.map((sweep) => `${recordingLine(sweep)}\n`).join('')));
  return uri;
}

function inWorkspace(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('the soak needs a workspace');
  return Uri.joinPath(folder.uri, name);
}
