import type { Command } from 'commander';
import { stepTable } from '../diagnose/render/tables';
import { tableText } from '../diagnose/render/text';
import { judgeSteps, type StepsReport } from '../diagnose/steps';
import { plain } from '../model/escape';
import type { Observation } from '../model/series';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { sample } from './sample';
import { exitCodes, secondsFrom } from './usage';

interface StepOptions extends CommonOptions {
  /** Seconds. */
  window?: number;
}

/** `backpressure steps`: which step of a program the others wait for. */
export function addSteps(program: Command, done: (code: number) => void): void {
  const command = program
    .command('steps')
    .description('Share of time that each step of a program spends in backpressure')
    .option('--window <time>', 'how long to look (default: 60s)', secondsFrom(1));
  addCommonOptions(command, ['text', 'json']).action(async (options: StepOptions) => {
    const output = new Output(options);
    const { observation } = await sample(options, output);
    const judged = judgeSteps(observation.steps ?? []);
    output.result(options.format === 'json' ? json(judged, observation) : text(judged, output));
    done(observation.brokers.some(({ state }) => state === 'failed') ? exitCodes.broker : exitCodes.fine);
  });
}

function json({ steps, bottleneck, notes }: StepsReport, { from, to, samples }: Observation): string {
  const window = {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    seconds: (to - from) / 1000,
    samples,
  };
  return JSON.stringify({ version: 1, window, steps, bottleneck, notes }, null, 2);
}

function text({ steps, bottleneck, notes }: StepsReport, output: Output): string {
  if (steps.length === 0) {
    return 'No step reports backpressure. Name what knows them: --broker metrics+http://HOST/metrics, or steps: { from: … } in the pipeline file.';
  }
  const answer =
    bottleneck === null
      ? 'No step waits for another for half of the time.'
      : `${bottleneck} is the step the others wait for.`;
  return [plain(answer), '', tableText(stepTable(steps), output), ...notes.map((note) => plain(note.text))].join('\n');
}
