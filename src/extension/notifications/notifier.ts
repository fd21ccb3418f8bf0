import { commands, window, type Disposable } from 'vscode';
import type { QueueReport } from '../../model/report';
import { Owner } from '../owner';
import type { Poller } from '../poller';
import { settings } from '../settings';
import { readState, textsIn, writeState, type State } from '../state';
import { queueName } from '../tree/queueText';
import { Alarms } from './alarms';

const key = 'backpressure.muted';
/** Only what is named fits a message. */
const mostNamed = 3;

/** Tells when a queue becomes critical. What only plays (the demo, a recording) tells nothing. */
export class Notifier implements Disposable {
  readonly #owner = new Owner();
  readonly #alarms = new Alarms();
  #muted: ReadonlySet<string>;
  #told: string[] = [];

  constructor(
    private readonly poller: Poller,
    private readonly state: State,
  ) {
    this.#muted = new Set(textsIn(readState(state, key)));
    this.#owner.own(poller.onDidChange(() => this.#look()));
    this.#tellMenus();
  }

  /** The messages of this session, oldest first. */
  get told(): readonly string[] {
    return this.#told;
  }

  /** Ids of the queues that nothing is said of. */
  get muted(): ReadonlySet<string> {
    return this.#muted;
  }

  /** Says nothing more of these queues, by id, in this workspace. */
  mute(ids: readonly string[]): void {
    this.#setMuted(new Set([...this.#muted, ...ids]));
  }

  /** Speaks again of every queue. */
  unmuteAll(): void {
    this.#setMuted(new Set());
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #setMuted(muted: ReadonlySet<string>): void {
    this.#muted = muted;
    void writeState(this.state, key, [...muted]);
    this.#tellMenus();
  }

  #tellMenus(): void {
    void commands.executeCommand('setContext', 'backpressure.muted', this.#muted.size > 0);
  }

  #look(): void {
    const real = this.poller.brokers.filter(({ origin }) => origin === 'saved' || origin === 'file');
    const queues = real.flatMap((broker) => broker.queues);
    const news = new Set(this.#alarms.note(queues, this.#muted, Date.now()));
    const names = new Set(real.map(({ config }) => encodeURIComponent(config.name)));
    this.#alarms.forget((id) => names.has(id.slice(0, id.indexOf('/'))));
    if (news.size > 0 && settings.notifications()) this.#tell(queues.filter(({ id }) => news.has(id)));
  }

  #tell(queues: readonly QueueReport[]): void {
    const [first] = queues;
    if (!first) return;
    const more = queues.length - mostNamed;
    const names = queues.slice(0, mostNamed).map(queueName).join(', ') + (more > 0 ? ` and ${more} more` : '');
    const text = queues.length === 1 ? `${names} is critical. ${first.reason}` : `${names} are critical.`;
    this.#told = [...this.#told, text].slice(-20);
    void window.showWarningMessage(text, 'Analyze', 'Mute', 'Settings').then((choice) => {
      if (choice === 'Analyze') return commands.executeCommand('backpressure.analyze');
      if (choice === 'Mute') this.mute(queues.map(({ id }) => id));
      if (choice === 'Settings') {
        return commands.executeCommand('workbench.action.openSettings', 'backpressure.notifications');
      }
      return undefined;
    });
  }
}
