import type { Pipeline } from '../model/pipeline';
import type { Observation } from '../model/series';
import { History } from '../measure/history';
import type { CommonOptions } from './options';
import type { Output } from './output';
import { pastObservation } from './pastWindow';
import { clockFor, findSetup, openSampler } from './setup';

/** A window, and the pipeline it was looked at for. */
export interface Observed {
  observation: Observation;
  pipeline: Pipeline | null;
}

/** How long and how closely, seconds; null or absent for what is usual. */
export interface SampleOptions extends CommonOptions {
  window?: number;
  interval?: number;
}

/** Sampled for when nothing else is asked, seconds. */
export const defaultWindow = 60;

/** Reads the brokers for a window. @throws {UsageError} as findSetup and openSampler do */
export async function sample(options: SampleOptions, output: Output): Promise<Observed> {
  const setup = await findSetup(options, output);
  const clock = clockFor(setup.brokers);
  const window = options.window ?? defaultWindow;
  const interval = options.interval ?? Math.max(1, window / 40);
  const history = new History({ keepMs: window * 2000 });
  const sampler = await openSampler(setup, options, clock, interval, output);
  const over = new AbortController();
  const start = clock.now();
  const { pipeline } = setup;
  try {
    const asked = { window: options.window ?? null, interval: options.interval ?? null, timeout: options.timeout };
    const past = pipeline && (await pastObservation(pipeline, asked, start, () => sampler.sweep(over.signal)));
    if (past && 'samples' in past) return { observation: past, pipeline };
    if (past) output.remark(`${pipeline.historyFrom ?? ''}: no past (${past.unusable}); sampling for ${window} s`);
    await sampler.run((sweep) => {
      history.add(sweep);
      const passed = (Date.parse(sweep.at) - start) / 1000;
      output.progress(`sampling, ${Math.round(passed)} of ${window} s`);
      if (passed >= window) over.abort();
    }, over.signal);
  } finally {
    await sampler.close();
  }
  return { observation: history.observed(), pipeline };
}
