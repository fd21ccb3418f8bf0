import { EventEmitter, Disposable, window, type LogOutputChannel } from 'vscode';
import { parseBrokerUrl } from '../model/brokerUrl';
import type { Connection } from './connections/connections';
import { Owner } from './owner';
import { settings } from './settings';
import { keyOf, WatchedBroker, type Wanted } from './watchedBroker';

/** How many readings an analysis wants in its window: enough for the eight block minima of a one-shot trend. */
export const readingsPerWindow = 40;
/** An unfocused window reads that many times less often. */
const unfocusedFactor = 4;
/** The states in the tree are judged on that many readings at least. */
const readingsPerState = 12;

/**
 * Reads every broker while somebody looks: the view, a live report or an analysis hold it. It slows down while the
 * window is not focused and stops when paused or when nobody holds it.
 */
export class Poller implements Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<void>());
  readonly #brokers = new Map<string, WatchedBroker>();
  readonly #watching = new Set<object>();
  readonly #analysing = new Set<object>();
  /** Names of brokers that are left alone. */
  readonly #pausedBrokers = new Set<string>();
  #paused = false;
  #broken: { name: string; problem: string }[] = [];

  /** Something was read, added, removed, paused or resumed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly log: LogOutputChannel) {
    this.#owner.own(window.onDidChangeWindowState(() => this.adjust()));
  }

  get brokers(): readonly WatchedBroker[] {
    return [...this.#brokers.values()];
  }

  /** Saved connections whose URL cannot be understood. */
  get broken(): readonly { name: string; problem: string }[] {
    return this.#broken;
  }

  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
    this.adjust();
    this.#changed.fire();
  }

  /** Is this broker left alone? */
  pauses(broker: string): boolean {
    return this.#pausedBrokers.has(broker);
  }

  /** Leaves a broker alone, or reads it again. An analysis, which somebody asks for, reads it all the same. */
  pauseBroker(broker: string, paused: boolean): void {
    if (paused) this.#pausedBrokers.add(broker);
    else this.#pausedBrokers.delete(broker);
    this.adjust();
    this.#changed.fire();
  }

  /** Is a broker of that kind at one of these addresses among those that are read? */
  reads(url: string): boolean {
    const { system, hosts, region } = parseBrokerUrl(url);
    const places = new Set(hosts.map(({ host, port }) => `${loopback(host)}:${port}`));
    return this.brokers.some(({ config }) => {
      const same = config.hosts.some(({ host, port }) => places.has(`${loopback(host)}:${port}`));
      return config.system === system && (same || (hosts.length === 0 && config.region === region));
    });
  }

  /** Milliseconds that a report is about when it does not wait for more. */
  readonly judgedMs = (): number => Math.max(settings.windowMs(), readingsPerState * settings.intervalMs());

  /** How many look at the moment. */
  get holders(): number {
    return this.#watching.size + this.#analysing.size;
  }

  /** Reads on until the returned hold is disposed. */
  hold(purpose: 'watch' | 'analysis'): Disposable {
    const holders = purpose === 'watch' ? this.#watching : this.#analysing;
    const hold = {};
    holders.add(hold);
    this.adjust();
    return new Disposable(() => {
      if (holders.delete(hold)) this.adjust();
    });
  }

  /** Makes the brokers that are read those that are wanted; one that stays the same keeps its history. */
  reconcile(brokers: readonly Wanted[], broken: readonly Connection[]): void {
    this.#broken = broken.flatMap((entry) =>
      'problem' in entry ? [{ name: entry.name, problem: entry.problem }] : [],
    );
    const byName = new Map<string, Wanted>();
    for (const entry of brokers) if (!byName.has(entry.config.name)) byName.set(entry.config.name, entry);
    const replaced = new Map<string, WatchedBroker>();
    for (const [name, broker] of this.#brokers) {
      const next = byName.get(name);
      if (next && keyOf(next) === broker.key) continue;
      this.#brokers.delete(name);
      replaced.set(name, broker);
      void this.#close(broker);
    }
    for (const [name, wanted] of byName) {
      if (this.#brokers.has(name)) continue;
      const broker = new WatchedBroker(
        wanted,
        () => this.#changed.fire(),
        (level, text) => this.log[level](text),
        goesOn(replaced.get(name), wanted),
      );
      this.#brokers.set(name, broker);
      broker.remember(wanted.past ?? []);
    }
    this.adjust();
    this.#changed.fire();
  }

  /** Reads once, now, also while paused: every broker that is not left alone, or only the one of that name. */
  async refresh(name?: string): Promise<void> {
    const abort = new AbortController();
    const wanted = this.brokers.filter(
      ({ config, origin }) =>
        origin !== 'recording' && (name === undefined ? !this.pauses(config.name) : config.name === name),
    );
    await Promise.all(wanted.map((broker) => broker.refresh(abort.signal)));
  }

  /** Milliseconds between two readings as things stand; null while nothing is read. */
  get paceMs(): number | null {
    if (this.#analysing.size > 0) return Math.max(1000, settings.windowMs() / readingsPerWindow);
    if (this.#paused || this.#watching.size === 0) return null;
    return settings.intervalMs() * (window.state.focused ? 1 : unfocusedFactor);
  }

  /** Passes the present pace on to every broker. */
  adjust(): void {
    if (this.#owner.ended) return;
    for (const broker of this.#brokers.values()) {
      const isPaused = this.pauses(broker.config.name) && this.#analysing.size === 0;
      const rests = isPaused || broker.origin === 'recording';
      broker.setPace(rests ? null : this.paceMs);
    }
  }

  dispose(): void {
    this.#owner.dispose();
    for (const broker of this.#brokers.values()) void this.#close(broker);
    this.#brokers.clear();
  }

  async #close(broker: WatchedBroker): Promise<void> {
    await broker
      .close()
      .catch((error: unknown) => this.log.warn(`${broker.config.name}: closing failed: ${String(error)}`));
  }
}

/** A broker that is the same for whoever looks at its past. */
const goesOn = (before: WatchedBroker | undefined, { config, origin }: Wanted) =>
  before && origin !== 'demo' && origin !== 'recording' && JSON.stringify(before.config) === JSON.stringify(config)
    ? before
    : null;

const loopback = (host: string) => (host === 'localhost' ? '127.0.0.1' : host);
