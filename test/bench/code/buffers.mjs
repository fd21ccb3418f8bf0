// Many small items through a buffer of a thousand in front of a sink that takes no time: file of ours, folder of peers,
// contender, number of items. Prints items per second and peak memory.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [ours, peers, contender, count] = process.argv.slice(2);
const [items, capacity] = [Number(count), 1000];

let taken = 0;
const sink = async (batch) => {
  taken += batch.length;
  return [];
};

/** Producing waits while the buffer is full. */
const controller = (batchSize) => async () => {
  const { OrderJobs } = await import(pathToFileURL(ours).href);
  const held = new OrderJobs(sink, { capacity, batchSize });
  return async () => {
    for (let item = 0; item < items; item++) await held.push(item);
    await held.drain(60_000);
  };
};

const contenders = {
  'batches of 1': controller(1),
  'batches of 100': controller(100),
  'p-queue': async () => {
    const require = createRequire(path.join(peers, 'package.json'));
    const { default: PQueue } = await import(pathToFileURL(require.resolve('p-queue')).href);
    const queue = new PQueue({ concurrency: 1 });
    return async () => {
      for (let item = 0; item < items; item++) {
        await queue.onSizeLessThan(capacity);
        void queue.add(() => sink([item]));
      }
      await queue.onIdle();
    };
  },
};

/** Of this program alone: what getrusage tells has the memory of whoever started it in it. */
const peakMegabytes = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1e3;

const run = await (await contenders[contender])();
const started = performance.now();
await run();
const seconds = (performance.now() - started) / 1000;
if (taken !== items) throw new Error(`${taken} of ${items} were taken`);
console.log(JSON.stringify({ perSecond: items / seconds, megabytes: peakMegabytes() }));
