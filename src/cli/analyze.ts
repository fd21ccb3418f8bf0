import { Option, type Command } from 'commander';
import { analyze } from '../diagnose/analyze';
import { renderJson } from '../diagnose/render/json';
import { renderMarkdown } from '../diagnose/render/markdown';
import { renderText } from '../diagnose/render/text';
import { defaultObjectives, type Objectives, type Pipeline } from '../model/pipeline';
import { severities, type Report, type Severity } from '../model/report';
import { observe, type Observation } from '../model/series';
import { History } from '../measure/history';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { loadRecording, usualInterval } from './recordings';
import { pastObservation } from './pastWindow';
import { clockFor, findSetup, openSampler, readPipeline } from './setup';
import { exitCodes, seconds, secondsFrom, share, time, UsageError } from './usage';

interface AnalyzeFlags extends CommonOptions {
  replay?: string;
  /** Seconds. */
  window?: number;
  interval?: number;
  /** Milliseconds since the epoch. */
  at?: number;
  targetDrain?: number;
  targetUtilisation?: number;
  failOn: 'none' | Severity;
}

const defaultWindow = 60;
/** A recording made every ten seconds needs more than a minute before a trend can be told: eight blocks and some. */
const leastReplayedSweeps = 12;

/** `backpressure analyze`: sample for a window, diagnose, report. */
export function addAnalyze(program: Command, done: (code: number) => void): void {
  const command = program
    .command('analyze')
    .description('Sample for a window, then say where it backs up, why, and what to do')
    .option('--replay <file>', 'diagnose a recording instead of brokers')
    .option(
      '--window <time>',
      `how long to look (default: ${defaultWindow}s; of a recording at least its last ${leastReplayedSweeps} sweeps)`,
      secondsFrom(20),
    )
    .option('--interval <time>', 'between two sweeps (default: a 40th of the window, 1s at least)', secondsFrom(1))
    .option('--at <time>', 'with --replay: as it stood at this time', time)
    .option('--target-drain <time>', 'in what time a backlog should be gone (default: 10m)', seconds)
    .option('--target-utilisation <share>', 'what instances should run at afterwards (default: 0.7)', share)
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 on a bottleneck at least this severe')
        .choices(['none', 'warning', 'critical'])
        .default('none'),
    );
  addCommonOptions(command, ['text', 'markdown', 'json']).action(async (options: AnalyzeFlags) => {
    const output = new Output(options);
    if (options.at !== undefined && options.replay === undefined) throw new UsageError('--at: goes with --replay');
    const { observation, pipeline } =
      options.replay === undefined ? await sample(options, output) : replay(options.replay, options, output);
    const report = analyze(observation, pipeline, { objectives: objectives(options, pipeline), now: observation.to });
    output.result(render(report, options.format, output));
    done(exitCode(report, options.failOn));
  });
}

interface Observed {
  observation: Observation;
  pipeline: Pipeline | null;
}

async function sample(options: AnalyzeFlags, output: Output): Promise<Observed> {
  const setup = findSetup(options, output);
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
  return { observation: history.observation(), pipeline };
}

function replay(file: string, options: AnalyzeFlags, output: Output): Observed {
  const { at } = options;
  const until = loadRecording(file, output).filter((sweep) => at === undefined || Date.parse(sweep.at) <= at);
  const last = until.at(-1);
  if (!last) throw new UsageError('--at: the recording begins later');
  const windowMs =
    options.window !== undefined
      ? options.window * 1000
      : Math.max(defaultWindow * 1000, usualInterval(until) * leastReplayedSweeps);
  const from = Date.parse(last.at) - windowMs;
  return {
    observation: observe(until, from),
    pipeline: options.pipeline === undefined ? null : readPipeline(options.pipeline, output),
  };
}

const objectives = (options: AnalyzeFlags, pipeline: Pipeline | null): Objectives => {
  const base = pipeline?.objectives ?? defaultObjectives;
  return {
    ...base,
    drainSeconds: options.targetDrain ?? base.drainSeconds,
    utilisation: options.targetUtilisation ?? base.utilisation,
  };
};

function render(report: Report, format: string, output: Output): string {
  if (format === 'json') return renderJson(report);
  return format === 'markdown'
    ? renderMarkdown(report)
    : renderText(report, { width: output.width, color: output.color });
}

function exitCode(report: Report, failOn: AnalyzeFlags['failOn']): number {
  if (report.brokers.some((broker) => broker.state === 'failed')) return exitCodes.broker;
  if (failOn === 'none') return exitCodes.fine;
  const least = severities.indexOf(failOn);
  return report.bottlenecks.some((found) => severities.indexOf(found.severity) >= least)
    ? exitCodes.finding
    : exitCodes.fine;
}
