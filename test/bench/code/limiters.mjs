// One limiter over many small items: folder of ours, folder of peers, contender, number of items, how many at once, wait
// in ms. Prints items per second and peak memory. Each is used as its own documentation shows.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [ours, peers, contender, ...figures] = process.argv.slice(2);
const [items, size, waits] = figures.map(Number);
const require = createRequire(path.join(peers, 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

let handled = 0;
const handle = async () => {
  if (waits > 0) await sleep(waits);
  handled++;
};

const contenders = {
  ours: async () => {
    const { OrderJobs } = await import(pathToFileURL(ours).href);
    const pool = new OrderJobs({ handle, failed: (_, error) => console.error(error), concurrency: size });
    return async () => {
      for (let item = 0; item < items; item++) await pool.submit(item);
      await pool.close();
    };
  },
  'p-limit': async () => {
    const { default: pLimit } = await load('p-limit');
    const limit = pLimit(size);
    return () => Promise.all(Array.from({ length: items }, (_, item) => limit(handle, item)));
  },
  'p-queue': async () => {
    const { default: PQueue } = await load('p-queue');
    const queue = new PQueue({ concurrency: size });
    return async () => {
      for (let item = 0; item < items; item++) {
        await queue.onSizeLessThan(size);
        void queue.add(() => handle(item));
      }
      await queue.onIdle();
    };
  },
  fastq: async () => {
    const { default: fastq } = await load('fastq');
    const queue = fastq.promise(handle, size);
    return () => Promise.all(Array.from({ length: items }, (_, item) => queue.push(item)));
  },
};

/** Of this program alone: what getrusage tells has the memory of whoever started it in it. */
const peakMegabytes = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1e3;

const run = await contenders[contender]();
const started = performance.now();
await run();
const seconds = (performance.now() - started) / 1000;
if (handled !== items) throw new Error(`${handled} of ${items} were handled`);
console.log(JSON.stringify({ perSecond: items / seconds, megabytes: peakMegabytes() }));
