import { InvalidArgumentError, Option, type Command } from 'commander';
import picomatch from 'picomatch';
import { markdown } from '../model/escape';
import type { QueueReading, Sweep } from '../model/sweep';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { clockFor, findSetup, openSampler } from './setup';
import { queueMarkdown, queueTable } from './table';
import { exitCodes, secondsFrom, wholeNumber } from './usage';

const orders = ['backlog', 'age', 'growth', 'name'] as const;
export type QueueOrder = (typeof orders)[number];

interface QueueOptions extends CommonOptions {
  match?: (text: string) => boolean;
  sort: QueueOrder;
  limit?: number;
  /** Seconds. */
  window?: number;
}

const glob = (text: string): ((name: string) => boolean) => {
  try {
    // bash: a star also stands for "/", which is an ordinary letter in many names of queues.
    return picomatch(text, { bash: true, dot: true });
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
};

/** `backpressure queues`: one sweep, or two when rates are wanted. */
export function addQueues(program: Command, done: (code: number) => void): void {
  const command = program
    .command('queues')
    .description('Depth of every queue now: one sweep, or two with --window for rates')
    .option('--match <glob>', 'only queues whose destination, destination/group or broker/destination/group fits', glob)
    .addOption(new Option('--sort <order>', 'what comes first').choices(orders).default('backlog'))
    .option('--limit <n>', 'at most so many rows', wholeNumber)
    .option('--window <time>', 'sweep again after this long, so that rates are known', secondsFrom(1));
  addCommonOptions(command, ['text', 'markdown', 'json']).action(async (options: QueueOptions) => {
    const output = new Output(options);
    const setup = await findSetup(options, output);
    const clock = clockFor(setup.brokers);
    const sampler = await openSampler(setup, options, clock, options.window ?? 1, output);
    try {
      const { signal } = new AbortController();
      let sweep = await sampler.sweep(signal);
      if (options.window !== undefined) {
        output.progress(`sweeping again in ${options.window} s`);
        await clock.sleep(options.window * 1000, signal);
        sweep = await sampler.sweep(signal);
      }
      const queues = selectQueues(sweep.queues, options);
      output.result(render(sweep, queues, options.format));
      done(sweep.brokers.some((broker) => broker.state === 'failed') ? exitCodes.broker : exitCodes.fine);
    } finally {
      await sampler.close();
    }
  });
}

function render(sweep: Sweep, queues: QueueReading[], format: string): string {
  if (format === 'json') return queueJson(sweep, queues);
  return format === 'markdown' ? queueMarkdown(sweep, queues, markdown) : queueTable(sweep, queues);
}

/** A line for each queue, so that ten thousand of them can be searched by line. */
function queueJson(sweep: Sweep, queues: readonly QueueReading[]): string {
  const head = JSON.stringify({ ...sweep, queues: [] }, null, 2);
  const lines = queues.map((queue) => `    ${JSON.stringify(queue)}`).join(',\n');
  // No text within can look so: its quotes are escaped.
  return lines === '' ? head : head.replace('"queues": []', () => `"queues": [\n${lines}\n  ]`);
}

/** The rows asked for, in the order asked for; unknown figures come last. */
export function selectQueues(
  queues: readonly QueueReading[],
  { match, sort, limit }: Pick<QueueOptions, 'match' | 'sort' | 'limit'>,
): QueueReading[] {
  const names = (q: QueueReading) => [
    q.destination,
    `${q.destination}/${q.group ?? ''}`,
    `${q.broker}/${q.destination}/${q.group ?? ''}`,
  ];
  const figure = (q: QueueReading): number => {
    if (sort === 'age') return q.ageSeconds ?? -Infinity;
    if (sort === 'growth')
      return q.arrivalRate === null || q.departureRate === null ? -Infinity : q.arrivalRate - q.departureRate;
    return q.backlog ?? -Infinity;
  };
  const byName = (a: QueueReading, b: QueueReading) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const byFigure = (a: QueueReading, b: QueueReading) =>
    figure(a) === figure(b) ? byName(a, b) : figure(b) > figure(a) ? 1 : -1;
  return queues
    .filter((queue) => !match || names(queue).some((name) => match(name)))
    .sort(sort === 'name' ? byName : byFigure)
    .slice(0, limit);
}
