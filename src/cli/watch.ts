import { Option, type Command } from 'commander';
import { plain } from '../model/escape';
import { defaultObjectives } from '../model/pipeline';
import type { StateChange } from '../model/report';
import { realClock } from '../measure/clock';
import { openRecording, type Recording } from '../measure/recording';
import { defaultListenAddress, listen, listenAddress, type ListenAddress } from './listen';
import { LiveTable } from './liveTable';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { loadRecording } from './recordings';
import { findSetup, openSampler, readPipeline, type Setup } from './setup';
import { exitCodes, secondsFrom, UsageError } from './usage';
import { Watcher } from './watcher';

interface WatchOptions extends CommonOptions {
  /** Seconds. */
  interval: number;
  for?: number;
  record?: string;
  replay?: string;
  listen?: ListenAddress;
}

/** `backpressure watch`: a live table, and every change of a queue's state with its reason. */
export function addWatch(program: Command, done: (code: number) => void): void {
  const command = program
    .command('watch')
    .description('Live table until Ctrl-C; with --format json one line for each change of a state')
    .option('--interval <time>', 'between two sweeps', secondsFrom(1), 10)
    .option('--for <time>', 'end by itself after this long', secondsFrom(1))
    .addOption(new Option('--record <file>', 'append every sweep to this file, one JSON line each').conflicts('replay'))
    .option('--replay <file>', 'the changes of state in a recording, as fast as they can be computed')
    .addOption(
      new Option(
        '--listen [address]',
        'offer the figures to Prometheus at http://ADDRESS/metrics (default: 127.0.0.1:9464)',
      )
        .argParser(listenAddress)
        .preset(defaultListenAddress)
        .conflicts('replay'),
    );
  addCommonOptions(command, ['text', 'json']).action(async (options: WatchOptions) => {
    const output = new Output(options);
    if (options.replay === undefined) done(await watchLive(options, output));
    else {
      const pipeline = options.pipeline === undefined ? null : await readPipeline(options.pipeline, output);
      const watcher = new Watcher(pipeline?.objectives ?? defaultObjectives);
      const changes = loadRecording(options.replay, output).flatMap((sweep) => watcher.add(sweep));
      output.result(changes.map((change) => changeLine(change, options.format)).join('\n'));
      done(exitCodes.fine);
    }
  });
}

async function watchLive(options: WatchOptions, output: Output): Promise<number> {
  const setup: Setup = await findSetup(options, output);
  const watcher = new Watcher(setup.pipeline?.objectives ?? defaultObjectives);
  const over = new AbortController();
  const end = () => over.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  const recording = options.record === undefined ? null : startRecording(options.record);
  // A person watches in real time, also a demo.
  const sampler = await openSampler(setup, options, realClock, options.interval, output);
  // Last of what may fail: a server that listens would keep the program running.
  const page = options.listen === undefined ? null : await listen(options.listen);
  if (page) output.remark(`figures for Prometheus: ${page.url}`);
  const table =
    options.format === 'text' && process.stdout.isTTY && options.output === undefined ? new LiveTable(end) : null;
  const timer = options.for === undefined ? undefined : setTimeout(end, options.for * 1000);
  const last = { failed: false };
  try {
    await sampler.run((sweep) => {
      recording?.write(sweep);
      page?.show(sweep);
      const changes = watcher.add(sweep);
      last.failed = sweep.brokers.some((broker) => broker.state === 'failed');
      if (table) table.show(sweep, changes);
      else for (const change of changes) output.result(changeLine(change, options.format));
    }, over.signal);
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', end).off('SIGTERM', end);
    table?.close();
    recording?.close();
    await page?.close();
    await sampler.close();
  }
  return last.failed ? exitCodes.broker : exitCodes.fine;
}

function startRecording(file: string): Recording {
  try {
    return openRecording(file);
  } catch (error) {
    throw new UsageError(`--record: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const changeLine = (change: StateChange, format: string): string =>
  format === 'json'
    ? JSON.stringify(change)
    : `${change.at}  ${plain(decodeURIComponent(change.queue))}  ${change.from ?? 'new'} → ${change.to}  ${plain(change.reason)}`;
