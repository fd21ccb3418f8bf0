import {
  commands,
  EventEmitter,
  RelativePattern,
  type Event,
  Uri,
  window,
  workspace,
  type Disposable,
  type TextDocumentContentProvider,
} from 'vscode';
import { leftOut } from '../../discover/brokers/files';
import type { DerivedTopology } from '../../discover/topology/derive';
import type { ApiDocument } from '../../discover/topology/documents';
import { plural } from '../../model/format';
import type { App } from '../context';
import { Owner } from '../owner';
import type { Handler } from '../commands';
import { smallFile } from '../smallFile';
import { changeFile, fileText, pipelineUri } from './file';
import { workspaceAt } from '../../files/workspace';

export const deriveCommands: Record<string, Handler> = { 'backpressure.derivePipeline': (app) => propose(app) };

const documentFiles = '**/*.{yaml,yml,json}';
const mostDocuments = 2000;
const scheme = 'backpressure-derived';

/** Shows texts that are proposed and not written: nothing can be typed into them. */
export class Proposals implements TextDocumentContentProvider, Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<Uri>());
  #text = '';
  /** Has the workspace's pipeline been offered in this window? */
  offered = false;

  readonly onDidChange = this.#changed.event;
  readonly uri = Uri.from({ scheme, path: '/backpressure.yaml' });

  constructor() {
    this.#owner.own(workspace.registerTextDocumentContentProvider(scheme, this));
  }

  /** As proposed last. */
  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#changed.fire(this.uri);
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }

  dispose(): void {
    this.#owner.dispose();
  }
}

/** What the source, the workspace's files and the brokers that are read tell of the pipeline; null: no stage. */
async function derived(app: App): Promise<{ text: string; topology: DerivedTopology } | null> {
  const references = await app.code.index.all();
  const [first] = references;
  if (!first) return null;
  const { brokersOf, deriveTopology, pipelineYaml, processesOf, withDocuments } = await import('../later');
  const root = first.file.slice(0, first.file.length - first.path.length - 1);
  const own = references.filter(({ file, path }) => file === `${root}/${path}`);
  const here = workspaceAt(root);
  const processes = processesOf(
    own.map(({ path }) => path),
    here,
  );
  const { brokers } = app.poller;
  const queues = brokers.flatMap(({ history }) => history.latest?.queues ?? []);
  const told = withDocuments(own, processes, await apiDocuments(root));
  const { signal } = new AbortController();
  const publishers = await Promise.all(brokers.map((broker) => broker.publishers(signal)));
  const plain = deriveTopology(told.references, told.processes, queues, publishers.flat());
  const topology = { ...plain, unresolved: [...plain.unresolved, ...told.unread] };
  if (topology.stages.length === 0) return null;
  const known = brokers.map(({ config }) => ({ config, origin: 'as it is read in the editor' }));
  const text = pipelineYaml(here.name, brokersOf(topology, known, await app.found.search()), topology);
  return { text, topology };
}

/** The AsyncAPI documents below a folder. */
async function apiDocuments(root: string): Promise<ApiDocument[]> {
  const { looksLikeAsyncApi } = await import('../later');
  const uris = await workspace.findFiles(new RelativePattern(Uri.file(root), documentFiles), leftOut, mostDocuments);
  const found = await Promise.all(
    uris.map(async (uri) => {
      const text = await smallFile(uri);
      return text !== null && looksLikeAsyncApi(text)
        ? [{ path: uri.fsPath.slice(root.length + 1).replaceAll('\\', '/'), text }]
        : [];
    }),
  );
  return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Shows the pipeline that the workspace's code adds up to. Where there is no file it is written when the user says so;
 * where there is one, what it lacks is proposed beside it.
 * @returns was there something to show?
 */
export async function propose(app: App): Promise<boolean> {
  const uri = pipelineUri(app.pipelineFile);
  const found = uri && (await derived(app));
  if (!uri || !found) {
    void window.showInformationMessage('No code in this workspace is known to produce or consume a queue.');
    return false;
  }
  const { proposals } = app.code;
  const existing = await fileText(uri);
  if (existing !== null) {
    const { merged } = await import('../later');
    await proposeMerge(app, uri, existing, merged(existing, found.text));
    return true;
  }
  proposals.text = found.text;
  await window.showTextDocument(await workspace.openTextDocument(proposals.uri), { preview: true });
  const untold = found.topology.unresolved.length;
  const rest = untold === 0 ? '' : `; ${plural(untold, 'place')} the source does not tell`;
  const text = `The code of this workspace adds up to ${plural(found.topology.stages.length, 'stage')}${rest}. Keep this as backpressure.yaml?`;
  ask(app, text, 'Write and Analyze', async () => {
    if ((await fileText(uri)) !== null)
      throw new Error('There is a backpressure.yaml by now; it was not written over.');
    await accept(app, uri, found.text);
    await app.analysis.run();
  });
  return true;
}

async function proposeMerge(app: App, uri: Uri, existing: string, text: string): Promise<void> {
  if (text === existing) {
    void window.showInformationMessage('backpressure.yaml has everything that the code of this workspace tells.');
    return;
  }
  const { proposals } = app.code;
  proposals.text = text;
  await commands.executeCommand('vscode.diff', uri, proposals.uri, 'backpressure.yaml ↔ with what the code tells');
  ask(app, 'Take what the code tells over into backpressure.yaml? What you wrote stays.', 'Take Over', async () => {
    if ((await fileText(uri)) !== existing)
      throw new Error('backpressure.yaml was changed meanwhile; derive the pipeline again.');
    await accept(app, uri, text);
  });
}

async function accept(app: App, uri: Uri, text: string): Promise<void> {
  await changeFile(uri, text);
  const { proposals } = app.code;
  const tabs = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => JSON.stringify(input).includes(proposals.uri.scheme));
  await window.tabGroups.close(tabs);
  await app.pipelineFile.read();
  // Its watcher may have begun another reading, which then is the one that counts.
  if (!app.pipelineFile.loaded) await once(app.pipelineFile.onDidChange);
  await app.reload();
}

const once = (event: Event<void>) =>
  new Promise<void>((resolve) => {
    const listener = event(() => {
      listener.dispose();
      resolve();
    });
  });

// Not awaited: a message that nobody answers would keep the command running.
function ask({ log }: App, text: string, action: string, agreed: () => Promise<void>): void {
  void window.showInformationMessage(text, action, 'Not Now').then(async (choice) => {
    if (choice !== action) return;
    try {
      await agreed();
    } catch (error) {
      log.error(`the derived pipeline: ${String(error)}`);
      void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  });
}

/**
 * Offers a workspace without a pipeline file the one that its code tells: shows it where there is nothing else to
 * analyze, else says once in a window that it is there.
 * @returns is it shown?
 */
export async function offerPipeline(app: App): Promise<boolean> {
  if (!workspace.isTrusted || app.pipelineFile.loaded || !workspace.workspaceFolders) return false;
  const hasBrokers = app.poller.brokers.length > 0;
  const { proposals } = app.code;
  if (hasBrokers && proposals.offered) return false;
  proposals.offered = true;
  const found = await derived(app).catch((error: unknown) => {
    app.log.error(`no pipeline could be derived: ${String(error)}`);
    return null;
  });
  if (!found) return false;
  if (!hasBrokers) return propose(app);
  const text = `The code of this workspace adds up to ${plural(found.topology.stages.length, 'stage')}: with a backpressure.yaml the report names them.`;
  ask(app, text, 'Show Derived Pipeline', async () => {
    await propose(app);
  });
  return false;
}
