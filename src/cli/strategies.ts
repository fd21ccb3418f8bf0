import type { Command } from 'commander';
import { analyze } from '../diagnose/analyze';
import { strategiesText } from '../diagnose/render/text';
import { defaultObjectives } from '../model/pipeline';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { sample } from './sample';
import { exitCodes, secondsFrom } from './usage';

interface StrategyOptions extends CommonOptions {
  /** Seconds. */
  window?: number;
}

/** `backpressure strategies`: ways to control the flow, ranked for this pipeline by what was measured and declared. */
export function addStrategies(program: Command, done: (code: number) => void): void {
  const command = program
    .command('strategies')
    .description('Flow-control strategies ranked for the pipeline, with what speaks for each and its trade-off')
    .option('--window <time>', 'how long to look (default: 60s)', secondsFrom(20));
  addCommonOptions(command, ['text', 'json']).action(async (options: StrategyOptions) => {
    const output = new Output(options);
    const { observation, pipeline } = await sample(options, output);
    const objectives = pipeline?.objectives ?? defaultObjectives;
    const report = analyze(observation, pipeline, { objectives, now: observation.to });
    const { sentence, strategies, brokers } = report;
    output.result(
      options.format === 'json'
        ? JSON.stringify({ version: 1, sentence, strategies }, null, 2)
        : strategiesText(report, output),
    );
    done(brokers.some(({ state }) => state === 'failed') ? exitCodes.broker : exitCodes.fine);
  });
}
