import { LiveDiagnosis } from '../diagnose/queues';
import { StateTracker } from '../diagnose/timeline';
import { History } from '../measure/history';
import { defaultObjectives } from '../model/pipeline';
import type { QueueReport, StateChange } from '../model/report';
import type { Sweep } from '../model/sweep';
import { inSlices } from './slices';

/** When each queue of a recording changed its state, and why: what `watch` would have said. Never blocks the editor. */
export const changesOf = (sweeps: readonly Sweep[]): Promise<StateChange[]> =>
  new Promise((resolve, reject) => inSlices(watched(sweeps), resolve, reject));

function* watched(sweeps: readonly Sweep[]): Generator<unknown, StateChange[]> {
  const history = new History();
  const diagnosis = new LiveDiagnosis();
  const tracker = new StateTracker();
  const changes: StateChange[] = [];
  for (const sweep of sweeps) {
    const now = Date.parse(sweep.at);
    history.add(sweep);
    const queues: QueueReport[] = [];
    for (const report of diagnosis.judge(history.series(diagnosis.needs), { objectives: defaultObjectives, now })) {
      yield queues.push(report);
    }
    changes.push(...tracker.update(queues, now));
  }
  return changes;
}
