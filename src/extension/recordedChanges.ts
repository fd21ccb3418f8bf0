import { diagnoseQueues } from '../diagnose/queues';
import { StateTracker } from '../diagnose/timeline';
import { History } from '../measure/history';
import { defaultObjectives } from '../model/pipeline';
import type { StateChange } from '../model/report';
import type { Sweep } from '../model/sweep';

/** Sweeps that are judged before others get their turn. */
const atATime = 5;

/**
 * When each queue of a recording changed its state.
 * @param windowMs that a state is judged on
 * @param every of so many sweeps one is judged; 1 for all
 */
export async function changesOf(sweeps: readonly Sweep[], windowMs: number, every: number): Promise<StateChange[]> {
  const history = new History();
  const tracker = new StateTracker();
  const changes: StateChange[] = [];
  for (const [i, sweep] of sweeps.entries()) {
    history.add(sweep);
    if (i % every > 0 && i < sweeps.length - 1) continue;
    const now = Date.parse(sweep.at);
    const queues = diagnoseQueues(history.observation(now - windowMs), { objectives: defaultObjectives, now });
    changes.push(...tracker.update(queues, now));
    if (i % (atATime * every) === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return changes;
}
