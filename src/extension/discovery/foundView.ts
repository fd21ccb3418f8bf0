import {
  commands,
  EventEmitter,
  ThemeIcon,
  TreeItem,
  window,
  workspace,
  type Disposable,
  type TreeDataProvider,
  type Uri,
} from 'vscode';
import type { Candidate } from '../../discover/brokers/candidate';
import { leftOut, searchedFiles } from '../../discover/brokers/files';
import { plain } from '../../model/escape';
import { splitSecrets } from '../connections/secrets';
import { Owner } from '../owner';
import { smallFile } from '../smallFile';

/** A broker that a file of the workspace names. */
export interface Found extends Candidate {
  uri: Uri;
  /** Relative to the workspace. */
  path: string;
}

const mostFiles = 500;
const largestFile = 256 * 1024;
/** Several files that are saved together are one reason to search. Milliseconds. */
const settle = 500;

/**
 * The view of brokers that the workspace's own files name. They are offered, never contacted: one is read only when a
 * person adds it. The files of an untrusted workspace are not even searched.
 */
export class FoundView implements TreeDataProvider<Found>, Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<void>());
  #found: Found[] = [];
  #searched = false;
  #turn = 0;
  #latest: Promise<readonly Found[]> = Promise.resolve([]);
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param isKnown is that broker read already? */
  constructor(private readonly isKnown: (url: string) => boolean) {
    this.#owner.own(window.createTreeView('backpressure.found', { treeDataProvider: this }));
    this.#owner.own(workspace.onDidGrantWorkspaceTrust(() => this.#again()));
    this.#owner.own({ dispose: () => clearTimeout(this.#timer) });
  }

  /** What is offered. */
  get found(): readonly Found[] {
    return this.#found.filter(({ url }) => !this.isKnown(url));
  }

  /** Searches the first time it is called, and follows the files from then on. */
  begin(): void {
    if (this.#searched) return;
    this.#searched = true;
    const watcher = this.#owner.own(workspace.createFileSystemWatcher(searchedFiles));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
      this.#owner.own(event(() => this.#again()));
    }
    void this.search();
  }

  /** Searches the files of the workspace. @returns what is offered, by a later search where one began meanwhile */
  search(): Promise<readonly Found[]> {
    return (this.#latest = this.#search(++this.#turn));
  }

  async #search(turn: number): Promise<readonly Found[]> {
    const found = workspace.isTrusted ? await searchFiles() : [];
    if (turn !== this.#turn) return this.#latest;
    if (!this.#owner.ended) {
      this.#found = found;
      this.show();
    }
    return this.found;
  }

  /** Shows what is still to be offered. */
  show(): void {
    void commands.executeCommand('setContext', 'backpressure.found', this.found.length > 0);
    this.#changed.fire();
  }

  getChildren(parent?: Found): Found[] {
    return parent ? [] : [...this.found];
  }

  getTreeItem(found: Found): TreeItem {
    const { name, path, line } = found;
    const url = plain(splitSecrets(found.url).url);
    const item = new TreeItem(url);
    item.description = plain(`${path}:${line}`);
    item.tooltip = plain(`${name} in ${path}:${line}. Nothing is contacted until you add it.`);
    item.iconPath = new ThemeIcon('plug');
    item.contextValue = 'found';
    item.accessibilityInformation = { label: `${url}, named by ${plain(name)} in ${item.description}` };
    item.command = { command: 'backpressure.openFound', title: 'Open the Place', arguments: [found] };
    return item;
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #again(): void {
    clearTimeout(this.#timer);
    if (this.#searched) this.#timer = setTimeout(() => void this.search(), settle);
  }
}

async function searchFiles(): Promise<Found[]> {
  const { findBrokers } = await import('../later');
  const uris = await workspace.findFiles(searchedFiles, leftOut, mostFiles);
  const found = await Promise.all(
    uris.map(async (uri) => {
      const text = await smallFile(uri, largestFile);
      const path = workspace.asRelativePath(uri);
      return findBrokers(uri.path, text ?? '').map((each) => ({ ...each, uri, path }));
    }),
  );
  const byUrl = new Map<string, Found>();
  for (const each of found.flat().sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const { url } = splitSecrets(each.url);
    if (!byUrl.has(url)) byUrl.set(url, each);
  }
  return [...byUrl.values()];
}
