import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type Disposable,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { Owner } from '../owner';
import type { Poller } from '../poller';
import { changedRows, treeRows, WorstFirst, type Row } from './rows';

const hour = 3_600_000;

/** The view of brokers, queues and groups. It answers from memory; only rows whose text changed are drawn again. */
export class QueueTree implements TreeDataProvider<string>, Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<string[] | undefined>());
  readonly #order = new WorstFirst();
  readonly #view: TreeView<string>;
  #rows = new Map<string, Row>();
  #hold: Disposable | null = null;

  /** Names the rows to draw again, or undefined for all. */
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly poller: Poller) {
    this.#view = this.#owner.own(
      window.createTreeView('backpressure.queues', { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#owner.own(this.#view.onDidChangeVisibility(() => this.#holdWhileVisible()));
    this.#owner.own(poller.onDidChange(() => this.#update()));
    this.#owner.own({ dispose: () => void this.#hold?.dispose() });
    this.#holdWhileVisible();
  }

  /** Is the view on the screen? */
  get visible(): boolean {
    return this.#view.visible;
  }

  /** The view appeared or went. */
  get onDidChangeVisibility() {
    return this.#view.onDidChangeVisibility;
  }

  /** Every row by id, as shown. */
  get rows(): ReadonlyMap<string, Row> {
    return this.#rows;
  }

  getChildren(id?: string): string[] {
    if (id !== undefined) return this.#rows.get(id)?.children ?? [];
    return [...this.#rows.values()].filter((row) => row.parent === null).map((row) => row.id);
  }

  getParent(id: string): string | undefined {
    return this.#rows.get(id)?.parent ?? undefined;
  }

  getTreeItem(id: string): TreeItem {
    const row = this.#rows.get(id);
    if (!row) return new TreeItem('gone');
    const { Collapsed, Expanded, None } = TreeItemCollapsibleState;
    const item = new TreeItem(row.label, row.children.length === 0 ? None : row.expanded ? Expanded : Collapsed);
    item.id = id;
    item.description = row.description;
    // Some product icons have a colour of their own; the plain foreground is asked for so that colour means trouble.
    item.iconPath = new ThemeIcon(row.icon.id, new ThemeColor(row.icon.color ?? 'icon.foreground'));
    item.contextValue = row.kind;
    item.accessibilityInformation = { label: row.spoken };
    if (row.command) {
      item.command = { command: row.command.id, title: row.command.title, arguments: [row.command.argument] };
    }
    return item;
  }

  resolveTreeItem(item: TreeItem, id: string): TreeItem {
    const text = new MarkdownString(this.#rows.get(id)?.tooltip() ?? '');
    text.isTrusted = false;
    text.supportHtml = false;
    item.tooltip = text;
    return item;
  }

  /** Shows a queue's row. Nothing happens when it is not listed. */
  async reveal(queue: string): Promise<void> {
    const id = `queue:${queue}`;
    if (this.#rows.has(id)) await this.#view.reveal(id, { select: true, focus: true });
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #holdWhileVisible(): void {
    if (this.#view.visible) this.#hold ??= this.poller.hold('watch');
    else {
      this.#hold?.dispose();
      this.#hold = null;
    }
  }

  #update(): void {
    const before = this.#rows;
    const brokers = this.poller.brokers.map(({ config, origin, reading, queues, history }) => ({
      name: config.name,
      origin,
      reading,
      queues,
      past: (id: string) => history.recent(id, hour),
    }));
    this.#rows = treeRows(brokers, this.poller.broken, this.#order);
    const { whole, ids } = changedRows(before, this.#rows);
    if (whole) this.#changed.fire(undefined);
    else if (ids.length > 0) this.#changed.fire(ids);
    this.#view.message = this.poller.paused ? 'Paused: the figures stand still until you resume.' : '';
    const growing = brokers.flatMap(({ queues }) => queues).filter(({ state }) => state === 'growing').length;
    this.#view.badge =
      growing === 0
        ? undefined
        : { value: growing, tooltip: `${growing} ${growing === 1 ? 'queue' : 'queues'} growing` };
  }
}
