import { Watcher } from '../../src/cli/watcher';
import { virtualClock, type Clock } from '../../src/measure/clock';
import { readSimulator } from '../../src/measure/demo/reading';
import { Simulator } from '../../src/measure/demo/simulator';
import { seededRandom } from '../../src/measure/demo/random';
import { Sampler } from '../../src/measure/sampler';
import { SourceError, type Source } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { defaultObjectives } from '../../src/model/pipeline';
import type { StateChange } from '../../src/model/report';
import type { Sweep } from '../../src/model/sweep';
import type { Situation } from './situations';

/** Any moment will do; the same one makes runs repeatable. */
const opening = Date.UTC(2026, 0, 1, 12);
/** Simulated before anybody looks, so that nobody sees a cold start. Milliseconds. */
const warmUpMs = 600_000;
export const playedSeconds = 7200;

/** Two hours of one situation: what was read, and what the live view said of it. Times are seconds of the situation. */
export interface Played {
  sweeps: { seconds: number; sweep: Sweep }[];
  changes: (StateChange & { seconds: number })[];
}

/**
 * Plays a situation through what a live view consists of: simulator → source → sampler (deadlines, pauses after
 * failures, rates) → history → lanes → states → timeline.
 * @param seed of the traffic, and of where in a commit the readings fall
 * @param seconds how much of it
 */
export async function play(situation: Situation, seed: number, seconds = playedSeconds): Promise<Played> {
  const { scenario, intervalSeconds = 10, brokerAway = [], clockSteps = [] } = situation;
  const simulator = new Simulator({ ...scenario, seed: seed * 7919 }, opening, warmUpMs);
  const phase = Math.floor(seededRandom(seed).uniform() * 10_000);
  const trueTime = virtualClock(opening + phase);
  const elapsed = () => (trueTime.now() - opening - phase) / 1000;
  // What the machine's clock shows: somebody may set it.
  const clock: Clock = {
    now: () =>
      trueTime.now() + clockSteps.reduce((sum, step) => sum + (elapsed() >= step.at ? step.seconds * 1000 : 0), 0),
    sleep: (ms, signal) => trueTime.sleep(ms, signal),
  };
  const source: Source = {
    config: { ...parseBrokerUrl('demo:'), name: 'demo' },
    sweep: () => {
      const since = elapsed();
      if (brokerAway.some(({ from, to }) => since >= from && since < to)) {
        return Promise.reject(new SourceError('unreachable', 'connection refused', 'start it'));
      }
      simulator.advanceTo(trueTime.now());
      return Promise.resolve(readSimulator(simulator, 'demo', 'demo:'));
    },
    close: () => Promise.resolve(),
  };
  const played: Played = { sweeps: [], changes: [] };
  const watcher = new Watcher(defaultObjectives);
  const over = new AbortController();
  const sampler = new Sampler([source], {
    ...{ clock, intervalMs: intervalSeconds * 1000, callTimeoutMs: 5000 },
    log: () => undefined,
  });
  await sampler.run((sweep) => {
    const since = elapsed();
    played.sweeps.push({ seconds: since, sweep });
    played.changes.push(...watcher.add(sweep).map((change) => ({ ...change, seconds: since })));
    if (since >= seconds) over.abort();
  }, over.signal);
  await sampler.close();
  return played;
}

/** A stretch of time in which somebody was alarmed about a queue; seconds of the situation. */
export interface Alarm {
  queue: string;
  from: number;
  to: number;
  states: string[];
}

/** Alarms are states of severity warning or critical; one that turns into another is still the same alarm. */
export function alarmsIn({ changes, sweeps }: Played): Alarm[] {
  const alarms: Alarm[] = [];
  const open = new Map<string, Alarm>();
  for (const { queue, to, severity, seconds } of changes) {
    const isAlarm = severity === 'warning' || severity === 'critical';
    const known = open.get(queue);
    if (known) known.to = seconds;
    if (isAlarm && known) known.states.push(to);
    else if (isAlarm) {
      const alarm = { queue, from: seconds, to: seconds, states: [to] };
      alarms.push(alarm);
      open.set(queue, alarm);
    } else if (to !== 'stale') open.delete(queue);
  }
  const end = sweeps.at(-1)?.seconds ?? 0;
  for (const alarm of open.values()) alarm.to = end;
  return alarms;
}
