import {
  Diagnostic,
  DiagnosticSeverity,
  EventEmitter,
  languages,
  Range,
  RelativePattern,
  Uri,
  window,
  workspace,
  type Disposable,
} from 'vscode';
import type { Pipeline } from '../model/pipeline';
import type { PipelineProblem } from '../model/pipelineProblem';
import { Owner } from './owner';
import { smallFile } from './smallFile';

/** The pipeline file of the workspace as last read. */
export interface LoadedPipeline {
  uri: Uri;
  /** Null when the file has errors. */
  pipeline: Pipeline | null;
  problems: readonly PipelineProblem[];
}

export const pipelineFileName = 'backpressure.yaml';
const sample = `# What your stages read and write. Backpressure Analyzer then names the stage that holds everything up.
pipeline: orders
brokers:
  main: { url: "kafka://127.0.0.1:9092" }
  # rabbit: { url: "amqp://app@127.0.0.1:5672", management: "http://127.0.0.1:15672" }
  # cache: { url: "redis://127.0.0.1:6379/0" }
  # A password comes from the environment: "amqp://app:\${env:RABBIT_PASSWORD}@127.0.0.1:5672"
stages:
  validator:
    consumes: [{ broker: main, destination: orders, group: validator }]
    produces: [{ broker: main, destination: validated }]
    # instances: 3          # where the broker cannot tell
    # maxInstances: 12
    # costPerInstance: 40   # per month
  # sender:
  #   consumes: [{ broker: main, destination: validated, group: sender }]
objectives: { maxAgeSeconds: 60, drainSeconds: 600, utilisation: 0.7 }
`;

/** `backpressure.yaml` at the root of a workspace folder: read, followed, and its problems shown where they stand. */
export class PipelineFile implements Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<void>());
  readonly #diagnostics = this.#owner.own(languages.createDiagnosticCollection('backpressure'));
  #loaded: LoadedPipeline | null = null;
  #reading = 0;

  /** The file was read anew, appeared or went. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    for (const folder of workspace.workspaceFolders ?? []) {
      const watcher = this.#owner.own(workspace.createFileSystemWatcher(new RelativePattern(folder, pipelineFileName)));
      const again = () => void this.read();
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
        this.#owner.own(event(again));
    }
  }

  /** Null when the workspace has none, or is not trusted. */
  get loaded(): LoadedPipeline | null {
    return this.#loaded;
  }

  /** Reads the file again; of several workspace folders the first that has one counts. */
  async read(): Promise<void> {
    const turn = ++this.#reading;
    const loaded = workspace.isTrusted ? await firstFile() : null;
    if (turn !== this.#reading || this.#owner.ended) return;
    this.#loaded = loaded;
    this.#diagnostics.clear();
    if (loaded) this.#diagnostics.set(loaded.uri, loaded.problems.map(diagnostic));
    this.#changed.fire();
  }

  /** Shows the file, or a commented sample to save under its name where there is none. */
  async open(): Promise<void> {
    const folder = workspace.workspaceFolders?.[0];
    const uri = this.#loaded?.uri ?? (await firstFile())?.uri;
    if (uri) {
      await window.showTextDocument(uri);
      return;
    }
    const place = folder
      ? Uri.joinPath(folder.uri, pipelineFileName).with({ scheme: 'untitled' })
      : Uri.parse(`untitled:${pipelineFileName}`);
    const editor = await window.showTextDocument(await workspace.openTextDocument(place));
    if (editor.document.getText() === '')
      await editor.edit((edit) => edit.insert(editor.document.positionAt(0), sample));
  }

  dispose(): void {
    this.#owner.dispose();
  }
}

async function firstFile(): Promise<LoadedPipeline | null> {
  for (const folder of workspace.workspaceFolders ?? []) {
    const uri = Uri.joinPath(folder.uri, pipelineFileName);
    const text = await smallFile(uri);
    if (text === null) continue;
    const { parsePipelineFile } = await import('./later');
    return { uri, ...parsePipelineFile(text, process.env) };
  }
  return null;
}

function diagnostic({ severity, line, column, message }: PipelineProblem): Diagnostic {
  const range = new Range(line - 1, column - 1, line - 1, column + 200);
  const found = new Diagnostic(
    range,
    message,
    severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
  );
  found.source = 'backpressure';
  return found;
}
