import {
  commands,
  EventEmitter,
  window,
  type Disposable,
  type Memento,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
} from 'vscode';
import { plural } from '../../model/format';
import { Owner } from '../owner';
import type { Poller } from '../poller';
import type { Arrangement } from './arrangement';
import type { BrokerView } from './brokerRows';
import { Listing } from './listing';
import { changedRows, type Row } from './row';
import { pageSize, treeRows, type Shown } from './rows';
import { SavedArrangement } from './savedArrangement';
import { hoverOf, treeItemOf } from './treeItem';

const hour = 3_600_000;

/** The view of brokers, queues and groups. It answers from memory; only rows whose text changed are drawn again. */
export class QueueTree implements TreeDataProvider<string>, Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<string[] | undefined>());
  readonly #view: TreeView<string>;
  readonly #saved: SavedArrangement;
  readonly #listings = new Map<string, Listing>();
  readonly #limits = new Map<string, number>();
  readonly #opened = new Set<string>();
  #rows = new Map<string, Row>();
  #hold: Disposable | null = null;

  /** Names the rows to draw again, or undefined for all. */
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly poller: Poller,
    memento: Pick<Memento, 'get' | 'update'>,
  ) {
    this.#saved = new SavedArrangement(memento);
    this.#view = this.#owner.own(
      window.createTreeView('backpressure.queues', { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#owner.own(this.#view.onDidChangeVisibility(() => this.#holdWhileVisible()));
    this.#owner.own(this.#view.onDidCollapseElement(({ element }) => this.#opened.delete(element)));
    this.#owner.own(poller.onDidChange(() => this.#update()));
    this.#owner.own({ dispose: () => void this.#hold?.dispose() });
    this.#holdWhileVisible();
    this.#tellMenus();
  }

  /** Is the view on the screen? */
  get visible(): boolean {
    return this.#view.visible;
  }

  /** The view appeared or went. */
  get onDidChangeVisibility() {
    return this.#view.onDidChangeVisibility;
  }

  /** Every row by id, as far as it is shown. */
  get rows(): ReadonlyMap<string, Row> {
    return this.#rows;
  }

  /** What the view says above its rows; empty for nothing. */
  get message(): string {
    return this.#view.message ?? '';
  }

  /** The number on the view's icon; 0 for none. */
  get badge(): number {
    return this.#view.badge?.value ?? 0;
  }

  get arrangement(): Arrangement {
    return this.#saved.value;
  }

  /** Sorts or filters anew. */
  arrange(part: Partial<Arrangement>): void {
    this.#saved.change(part);
    this.#tellMenus();
    this.#update();
  }

  /** Puts a queue or destination first, or back among the others. */
  togglePin(id: string): void {
    this.#saved.togglePin(id);
    this.#update();
  }

  /** Shows more of a row's children. */
  showMore(parent: string): void {
    this.#limits.set(parent, this.#limit(parent) + pageSize);
    this.#update();
  }

  getChildren(id?: string): string[] {
    if (id === undefined) return [...this.#rows.values()].filter((row) => row.parent === null).map((row) => row.id);
    if (this.#rows.get(id)?.opens === true && !this.#opened.has(id)) {
      this.#opened.add(id);
      this.#rows = this.#asShown();
    }
    return this.#rows.get(id)?.children ?? [];
  }

  getParent(id: string): string | undefined {
    return this.#rows.get(id)?.parent ?? undefined;
  }

  getTreeItem(id: string): TreeItem {
    return treeItemOf(id, this.#rows.get(id));
  }

  resolveTreeItem(item: TreeItem, id: string): TreeItem {
    item.tooltip = hoverOf(this.#rows.get(id));
    return item;
  }

  /** Shows a queue's row, also one that is not among the first of its list. Nothing happens when it is not listed. */
  async reveal(queue: string): Promise<void> {
    const id = `queue:${queue}`;
    const listed = () => this.#rows.has(id);
    const broker = this.poller.brokers.find(({ queues }) => queues.some((other) => other.id === queue));
    if (!listed() && broker) {
      // A queue out of sight is found by taking away whatever hides it.
      this.arrange({ filter: '', hideEmpty: false });
      this.#limits.set(`broker:${broker.config.name}`, broker.queues.length);
      this.#update();
    }
    if (listed()) await this.#view.reveal(id, { select: true, focus: true });
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #limit(parent: string): number {
    return this.#limits.get(parent) ?? pageSize;
  }

  #holdWhileVisible(): void {
    if (this.#view.visible) this.#hold ??= this.poller.hold('watch');
    else {
      this.#hold?.dispose();
      this.#hold = null;
    }
  }

  #asShown(): Map<string, Row> {
    const shown: Shown = {
      arrangement: this.#saved.value,
      listing: (broker) => this.#listingOf(broker),
      limit: (parent) => this.#limit(parent),
      opened: this.#opened,
    };
    return treeRows(this.#brokers(), this.poller.broken, shown);
  }

  #listingOf(broker: string): Listing {
    const listing = this.#listings.get(broker) ?? new Listing();
    this.#listings.set(broker, listing);
    return listing;
  }

  #brokers(): BrokerView[] {
    return this.poller.brokers.map(({ config, origin, reading, queues, history }) => ({
      ...{ name: config.name, origin, reading, queues, paused: this.poller.pauses(config.name) },
      shortened: history.shortened,
      past: (id: string) => history.recent(id, hour),
      detail: (id: string) => history.reading(id),
    }));
  }

  #update(): void {
    const before = this.#rows;
    this.#rows = this.#asShown();
    const { whole, ids } = changedRows(before, this.#rows);
    if (whole) this.#changed.fire(undefined);
    else if (ids.length > 0) this.#changed.fire(ids);
    const queues = this.poller.brokers.flatMap((broker) => broker.queues);
    this.#view.message = this.#messageFor(queues.length);
    const growing = queues.filter(({ state }) => state === 'growing').length;
    this.#view.badge = growing === 0 ? undefined : { value: growing, tooltip: `${plural(growing, 'queue')} growing` };
  }

  /** A list that is cut short says so. */
  #messageFor(queues: number): string {
    const { filter, hideEmpty } = this.#saved.value;
    return [
      ...(this.poller.paused ? ['Paused: the figures stand still until you resume.'] : []),
      ...(filter === '' ? [] : [`Only names with “${filter}” of ${plural(queues, 'queue')}.`]),
      ...(hideEmpty ? ['Empty queues are hidden.'] : []),
    ].join(' ');
  }

  #tellMenus(): void {
    const { order, filter, hideEmpty } = this.#saved.value;
    this.#view.description = order === 'worst' ? '' : `by ${order}`;
    void commands.executeCommand('setContext', 'backpressure.filtered', filter !== '');
    void commands.executeCommand('setContext', 'backpressure.hidesEmpty', hideEmpty);
  }
}
