import { parseBrokerUrl } from '../model/brokerUrl';
import type { Pipeline } from '../model/pipeline';
import { demoPast, openSource } from '../measure/open';
import { demoPipeline } from '../measure/demo/pipeline';
import type { SourceOptions } from '../measure/source';
import type { Wanted } from './watchedBroker';

/** A demo in memory: its broker with a past, and the pipeline it brings along. */
export interface RunningDemo {
  broker: Wanted;
  pipeline: Pipeline;
}

const stepSeconds = 2;
const pastSeconds = 600;

/**
 * A demo broker called `demo` whose history begins some minutes ago, so that its first report need not wait.
 * @throws {SourceError} for a scenario nobody knows
 */
export async function startDemo(scenario: string, log: SourceOptions['log']): Promise<RunningDemo> {
  const config = { ...parseBrokerUrl(`demo:${scenario}`), name: 'demo' };
  const opening = Date.now();
  const past = await demoPast(scenario, opening, pastSeconds, stepSeconds);
  const source = await openSource(config, { wanted: null, log });
  // The first sweep sets the source's opening moment: where the past ends, not whenever the view happens to ask.
  await source.sweep({ at: opening, signal: new AbortController().signal, callTimeoutMs: 5000 });
  return { broker: { config, origin: 'demo', past, source }, pipeline: demoPipeline(scenario) };
}
