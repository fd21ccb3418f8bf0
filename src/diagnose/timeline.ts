import type { QueueReport, QueueState, StateChange } from '../model/report';

/** Remembers the state of each queue and tells what changed. */
export class StateTracker {
  readonly #states = new Map<string, QueueState>();

  /**
   * The changes since the last call, in the order of the queues. A queue seen for the first time is a change (from null)
   * unless nothing is the matter with it; one that is no longer listed keeps its last state.
   * @param at milliseconds since the epoch
   */
  update(queues: Iterable<QueueReport>, at: number): StateChange[] {
    const changes: StateChange[] = [];
    for (const { id, state, severity, reason } of queues) {
      const from = this.#states.get(id) ?? null;
      this.#states.set(id, state);
      if (from === state || (from === null && severity === 'ok')) continue;
      changes.push({ at: new Date(at).toISOString(), queue: id, from, to: state, severity, reason });
    }
    return changes;
  }
}
