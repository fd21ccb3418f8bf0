import type { Disposable } from 'vscode';
import { StateTracker } from '../diagnose/timeline';
import type { StateChange } from '../model/report';
import { Owner } from './owner';
import type { Poller } from './poller';

/** More changes than a day of a restless broker has; the oldest go. */
const most = 2000;

/** When each queue changed its state, as far as somebody looked. */
export class StateLog implements Disposable {
  readonly #owner = new Owner();
  readonly #tracker = new StateTracker();
  readonly #judged = new Map<string, string>();
  #changes: StateChange[] = [];

  constructor(private readonly poller: Poller) {
    this.#owner.own(poller.onDidChange(() => this.#look()));
  }

  /** Of some queues since a moment (milliseconds since the epoch), oldest first. */
  since(from: number, wanted: (queue: string) => boolean): StateChange[] {
    return this.#changes.filter(({ at, queue }) => Date.parse(at) >= from && wanted(queue));
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #look(): void {
    for (const { config, history, queues } of this.poller.brokers) {
      const at = history.latest?.at;
      if (at === undefined || this.#judged.get(config.name) === at) continue;
      this.#judged.set(config.name, at);
      this.#changes.push(...this.#tracker.update(queues, Date.parse(at)));
    }
    this.#changes = this.#changes.slice(-most);
  }
}
