// What the diagnosis of ten thousand queues over an hour costs. Prints one JSON line. node --expose-gc probe.js
import { analysis } from '../../../src/diagnose/analyze';
import { LiveDiagnosis } from '../../../src/diagnose/queues';
import { inSlices } from '../../../src/extension/slices';
import { History } from '../../../src/measure/history';
import { defaultObjectives } from '../../../src/model/pipeline';
import { broker, noisyFlow } from '../../harness/observations';
import { median } from '../measured';

const queues = 10_000;
const samples = 360;
const stepMs = 10_000;
const start = Date.UTC(2026, 0, 1);
/** Sweeps that are judged for the median, after those that warm up the engine. */
const rounds = 9;

/** What was seen: milliseconds, and bytes for each queue with its hour of history. */
export interface Diagnosed {
  sweep: Sliced;
  report: Sliced;
  perQueue: number;
}

async function diagnosed(): Promise<Diagnosed> {
  // One in fifty is overloaded; the others are used to half, two thirds and 70 %.
  const flows = Array.from({ length: 50 }, (_, i) =>
    noisyFlow({
      ...{ seed: i + 1, arrivalRate: 20, serviceRate: i === 7 ? 18 : ([40, 30, 29][i % 3] ?? 40) },
      ...{ commitsEvery: 5, seconds: (samples * stepMs) / 1000, step: 1 },
    }),
  );
  const history = new History({ memory: 1e9 });
  const live = new LiveDiagnosis();
  const before = heap();
  const sweeps: Sliced[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const now = start + sample * stepMs;
    const rows = flows.flatMap((flow) => flow((sample * stepMs) / 1000) ?? []);
    history.add({
      ...{ version: 1, at: new Date(now).toISOString(), brokers: [broker('main')], stages: [], steps: [] },
      queues: Array.from({ length: queues }, (_, i) => {
        const row = rows[i % rows.length];
        if (!row) throw new Error('there is no flow');
        return { ...row, id: `main/q${i}/w${i}`, destination: `q${i}`, group: `w${i}` };
      }),
    });
    // As a view that was opened ten sweeps ago: what came before is looked back at, but not lived through.
    if (sample < samples - 2 * rounds) continue;
    const since = sweeps.length === 0 ? () => now : live.needs;
    sweeps.push(await sliced(live.judge(history.series(since), { objectives: defaultObjectives, now })));
  }
  const perQueue = (heap() - before) / queues;
  const reports: Sliced[] = [];
  for (let round = 0; round < 3; round++) reports.push(await sliced(report(history)));
  return { sweep: medianOf(sweeps.slice(rounds)), report: medianOf(reports), perQueue };
}

const medianOf = (turns: readonly Sliced[]): Sliced => ({
  ms: median(turns.map(({ ms }) => ms)),
  longest: median(turns.map(({ longest }) => longest)),
});

function* report(history: History): Generator {
  const observation = history.observed();
  yield* analysis(observation, null, { objectives: defaultObjectives, now: observation.to });
}

interface Sliced {
  /** Computing, without the turns of others in between; and the longest time without such a turn. */
  ms: number;
  longest: number;
}

/** Takes steps as the editor does, and measures each turn. */
async function sliced(steps: Iterator<unknown>): Promise<Sliced> {
  let [ms, longest, began] = [0, 0, performance.now()];
  const turn = () => {
    const took = performance.now() - began;
    ms += took;
    longest = Math.max(longest, took);
    began = performance.now();
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  await new Promise((resolve, reject) => inSlices(steps, resolve, reject));
  clearImmediate(next);
  turn();
  clearImmediate(next);
  return { ms, longest };
}

/** Bytes of everything that is reachable. */
function heap(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

process.stdout.write(JSON.stringify(await diagnosed()));
