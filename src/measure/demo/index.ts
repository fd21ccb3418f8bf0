import type { Sweep } from '../../model/sweep';
import { fillRates, type Counters } from '../rates';
import type { OpenSource } from '../source';
import { readSimulator } from './reading';
import { scenarioNamed } from './scenarios';
import { Simulator, warmUpMs } from './simulator';

/** After a longer gap (a machine that slept) the demo begins anew rather than compute the time it missed. */
const longestGapMs = 6 * 3_600_000;

/**
 * Opens a simulated broker. Its clock is the one of the sweeps: the first sweep finds the scenario's opening moment.
 * @throws {SourceError} `unsupported` for a scenario nobody knows
 */
export const open: OpenSource = (config) => {
  const scenario = scenarioNamed(config.path);
  let simulator: Simulator | null = null;
  return {
    config,
    sweep: ({ at }) => {
      if (!simulator || at - simulator.now > longestGapMs) simulator = new Simulator(scenario, at);
      simulator.advanceTo(at);
      return Promise.resolve(readSimulator(simulator, config.name, config.url));
    },
    close: () => Promise.resolve(),
  };
};

/**
 * The past minutes of a demo at once, oldest first, so that a first report need not wait. The last sweep is of the
 * opening moment, where a source opened right afterwards goes on.
 * @param scenario empty for the default one
 * @param untilMs milliseconds since the epoch of the last sweep
 * @param seconds length of the past, an hour at most
 * @param stepSeconds between two sweeps, above 0
 * @throws {SourceError} `unsupported` for a scenario nobody knows
 */
export const demoSweeps = (scenario: string, untilMs: number, seconds: number, stepSeconds: number): Sweep[] =>
  sweepsOf(new Simulator(scenarioNamed(scenario), untilMs), `demo:${scenario}`, {
    untilMs,
    ...{ seconds: Math.min(seconds, warmUpMs / 1000), stepSeconds },
  });

/** Times of the sweeps of a past: milliseconds since the epoch of the last, and seconds. */
export interface Past {
  untilMs: number;
  seconds: number;
  /** Between two sweeps, above 0. */
  stepSeconds: number;
}

/** What a broker at `url` would have answered while the simulation goes on, oldest first. */
export function sweepsOf(simulator: Simulator, url: string, { untilMs, seconds, stepSeconds }: Past): Sweep[] {
  const counters: Counters = new Map();
  const steps = Math.floor(seconds / stepSeconds);
  return Array.from({ length: steps + 1 }, (_, index) => {
    const at = untilMs - (steps - index) * stepSeconds * 1000;
    simulator.advanceTo(at);
    const { broker, queues, stages, steps: read } = readSimulator(simulator, 'demo', url);
    return {
      version: 1,
      at: new Date(at).toISOString(),
      brokers: [broker],
      queues: fillRates(queues, broker, counters, at),
      stages,
      steps: read,
    };
  });
}
