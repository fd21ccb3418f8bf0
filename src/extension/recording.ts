import { EventEmitter, window, workspace, type Disposable, type Uri } from 'vscode';
import { parseBrokerUrl } from '../model/brokerUrl';
import type { StateChange } from '../model/report';
import type { BrokerReading, Sweep } from '../model/sweep';
import { Owner } from './owner';
import type { Wanted } from './watchedBroker';

/** A recording as the page's time line has it. */
export interface OpenRecording {
  /** Name of the file. */
  name: string;
  /** Moments of its sweeps, milliseconds since the epoch, ascending. */
  moments: readonly number[];
  /** The moment that is shown. */
  at: number;
  changes: readonly StateChange[];
}

/** Sweeps before the shown moment that are looked at, as of a live broker: with more, what has just begun is averaged away. */
const readingsPerWindow = 12;

/** A recording in place of a broker: the tree, the map and the report are those of the moment that is chosen. */
export class Recording implements Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<void>());
  #sweeps: readonly Sweep[] = [];
  #open: OpenRecording | null = null;

  /** Another recording, another moment, or none any more. */
  readonly onDidChange = this.#changed.event;

  /** Null while none is open. */
  get open(): OpenRecording | null {
    return this.#open;
  }

  /** Milliseconds before the moment that its report is about. */
  get windowMs(): number {
    const { moments } = this.#open ?? { moments: [] };
    const [first = 0, last = 0] = [moments[0], moments.at(-1)];
    return Math.max(60_000, ((last - first) / Math.max(1, moments.length - 1)) * readingsPerWindow);
  }

  /** The brokers of the recording, each with its past up to the moment; they are never contacted. */
  get brokers(): Wanted[] {
    const at = this.#open?.at ?? -Infinity;
    const past = this.#sweeps.filter((sweep) => Date.parse(sweep.at) <= at);
    const readings = new Map(past.flatMap(({ brokers }) => brokers.map((broker) => [broker.name, broker] as const)));
    return [...readings.values()].map((reading) => ({
      config: configOf(reading),
      origin: 'recording' as const,
      past: past.map((sweep) => partOf(sweep, reading.name)),
    }));
  }

  /**
   * Reads a file and shows its last moment.
   * @throws {RecordingError} with the line that is no sweep
   * @throws {Error} when the file cannot be read or holds no sweep
   */
  async read(uri: Uri): Promise<void> {
    const { readRecording } = await import('./later');
    const { sweeps } = readRecording(new TextDecoder().decode(await workspace.fs.readFile(uri)));
    const moments = sweeps.map(({ at }) => Date.parse(at));
    const last = moments.at(-1);
    if (last === undefined) throw new Error('The recording holds no sweep yet.');
    this.#sweeps = sweeps;
    this.#open = { name: uri.path.slice(uri.path.lastIndexOf('/') + 1), moments, at: last, changes: [] };
    this.#changed.fire();
    const { changesOf } = await import('./later');
    const changes = await changesOf(sweeps);
    const { open } = this;
    if (open?.moments !== moments) return;
    this.#open = { ...open, changes };
    this.#changed.fire();
  }

  /** Shows the last sweep at or before a moment, milliseconds since the epoch. */
  show(at: number): void {
    if (!this.#open) return;
    const { moments } = this.#open;
    this.#open = { ...this.#open, at: moments.findLast((moment) => moment <= at) ?? moments[0] ?? at };
    this.#changed.fire();
  }

  /** Puts the recording away. */
  close(): void {
    if (!this.#open) return;
    this.#open = null;
    this.#sweeps = [];
    this.#changed.fire();
  }

  dispose(): void {
    this.#owner.dispose();
  }
}

/** Asks for the file of a recording; null when the user thought better of it. */
export async function chooseRecording(): Promise<Uri | null> {
  const chosen = await window.showOpenDialog({
    title: 'Open Recording',
    filters: { Recordings: ['jsonl', 'backpressure'], 'All files': ['*'] },
  });
  return chosen?.[0] ?? null;
}

/** As it was recorded; nothing that a connection would need is in a recording. */
const configOf = ({ name, system, url }: BrokerReading) => ({ ...parseBrokerUrl('demo:'), name, system, url });

/** What a sweep tells of one broker; stages and steps, which name none, stay with each. */
const partOf = (sweep: Sweep, broker: string): Sweep => ({
  ...sweep,
  brokers: sweep.brokers.filter(({ name }) => name === broker),
  queues: sweep.queues.filter((queue) => queue.broker === broker),
});
