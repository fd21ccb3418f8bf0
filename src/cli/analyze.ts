import { Option, type Command } from 'commander';
import { analyze } from '../diagnose/analyze';
import { renderHtml } from '../diagnose/render/html';
import { renderJson } from '../diagnose/render/json';
import { renderMarkdown } from '../diagnose/render/markdown';
import { renderText } from '../diagnose/render/text';
import { defaultObjectives, type Objectives, type Pipeline } from '../model/pipeline';
import { severities, type Report, type Severity, type StateChange } from '../model/report';
import { observe } from '../model/series';
import type { Sweep } from '../model/sweep';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { loadRecording, usualInterval } from './recordings';
import { defaultWindow, sample, type Observed } from './sample';
import { readPipeline } from './setup';
import { exitCodes, seconds, secondsFrom, share, time, UsageError } from './usage';
import { Watcher } from './watcher';

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

/** A recording made every ten seconds needs more than a minute before a trend can be told: eight blocks and some. */
const leastReplayedSweeps = 12;
/** Readings of queues through which a timeline is worked out within a second or two. */
const mostTimelineRows = 40_000;

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
  addCommonOptions(command, ['text', 'markdown', 'html', 'json']).action(async (options: AnalyzeFlags) => {
    const output = new Output(options);
    if (options.at !== undefined && options.replay === undefined) throw new UsageError('--at: goes with --replay');
    const { observation, pipeline, timeline } =
      options.replay === undefined
        ? { ...(await sample(options, output)), timeline: [] }
        : await replay(options.replay, options, output);
    const told = { objectives: objectives(options, pipeline), now: observation.to };
    const report = analyze(observation, pipeline, told, timeline);
    output.result(render(report, options.format, output));
    done(exitCode(report, options.failOn));
  });
}

async function replay(
  file: string,
  options: AnalyzeFlags,
  output: Output,
): Promise<Observed & { timeline: StateChange[] }> {
  const { at } = options;
  const until = loadRecording(file, output).filter((sweep) => at === undefined || Date.parse(sweep.at) <= at);
  const last = until.at(-1);
  if (!last) throw new UsageError('--at: the recording begins later');
  const windowMs =
    options.window !== undefined
      ? options.window * 1000
      : Math.max(defaultWindow * 1000, usualInterval(until) * leastReplayedSweeps);
  const from = Date.parse(last.at) - windowMs;
  const pipeline = options.pipeline === undefined ? null : await readPipeline(options.pipeline, output);
  return { observation: observe(until, from), pipeline, timeline: changesIn(until, pipeline, output) };
}

/** What changed until then; left out where that would take minutes. */
function changesIn(sweeps: readonly Sweep[], pipeline: Pipeline | null, output: Output): StateChange[] {
  const rows = sweeps.reduce((sum, { queues }) => sum + queues.length, 0);
  if (rows > mostTimelineRows) {
    output.remark(`the recording is too long for a timeline of ${rows} rows here; watch --replay prints it`);
    return [];
  }
  const watcher = new Watcher(pipeline?.objectives ?? defaultObjectives);
  return sweeps.flatMap((sweep) => watcher.add(sweep));
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
  if (format === 'html') return renderHtml(report);
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
