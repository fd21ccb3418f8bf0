import { LiveDiagnosis } from '../diagnose/queues';
import { StateTracker } from '../diagnose/timeline';
import type { Objectives } from '../model/pipeline';
import type { StateChange } from '../model/report';
import type { Sweep } from '../model/sweep';
import { History } from '../measure/history';

/** Turns sweeps into changes of state, live or replayed: the recording's clock is the only one. */
export class Watcher {
  readonly #history = new History();
  readonly #diagnosis = new LiveDiagnosis();
  readonly #tracker = new StateTracker();
  constructor(private readonly objectives: Objectives) {}

  /** The changes that this sweep shows. */
  add(sweep: Sweep): StateChange[] {
    const at = Date.parse(sweep.at);
    this.#history.add(sweep);
    const told = { objectives: this.objectives, now: at };
    return this.#tracker.update(this.#diagnosis.judge(this.#history.series(this.#diagnosis.needs), told), at);
  }
}
