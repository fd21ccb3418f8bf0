import { parseBrokerUrl } from '../model/brokerUrl';
import type { Pipeline } from '../model/pipeline';
import { demoPast } from '../measure/open';
import { demoPipeline } from '../measure/demo/pipeline';
import type { Wanted } from './poller';

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
export async function startDemo(scenario: string): Promise<RunningDemo> {
  const config = { ...parseBrokerUrl(`demo:${scenario}`), name: 'demo' };
  const past = await demoPast(scenario, Date.now(), pastSeconds, stepSeconds);
  return { broker: { config, origin: 'demo', past }, pipeline: demoPipeline(scenario) };
}
