import { once } from 'node:events';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { ConfiguredSetting } from '../../discover/configuration/setting';
import type { Readable } from '../../files/walk';
import { Rest } from './rest';
import type { FileScan, Order, WorkerData } from './worker';

/** Of V8, for the threads of a scan, measured over 5,000 files. */
const flags = [
  // Half of a worker's heap would be what nobody needs any more: 40 MB less in two threads for 2 % of processor time.
  '--heap-growing-percent=15',
  // A scan is over before most of what V8 would optimize pays: 12 % less processor time than with 67,584 (its default).
  '--interrupt-budget=1000000',
  // Each language's rules rest while files of another are read: 2 % less than compiling them again.
  '--no-flush-bytecode',
];

/**
 * Scans files on threads. Each asks for more when it is done.
 * @param jobs number of threads, from 1
 * @param settings read while the threads load what they need
 * @returns what was found, in no particular order
 * @throws what a worker throws
 */
export async function scanFiles(
  files: Iterable<Readable>,
  jobs: number,
  data: WorkerData,
  settings: () => readonly ConfiguredSetting[],
): Promise<FileScan[]> {
  for (const flag of flags) setFlagsFromString(flag);
  const rest = new Rest(files);
  const found: FileScan[] = [];
  let read: readonly ConfiguredSetting[] | undefined;
  const work = async (worker: Worker, thread: number): Promise<void> => {
    try {
      worker.postMessage({ settings: (read ??= settings()) } satisfies Order);
      for (let batch = rest.batch(thread); batch.length > 0; batch = rest.batch(thread)) {
        worker.postMessage({ files: batch } satisfies Order);
        const [scans] = (await once(worker, 'message')) as [FileScan[]];
        found.push(...scans);
      }
    } finally {
      await worker.terminate();
    }
  };
  // While settings are read and all the files are listed the threads load what they need.
  await Promise.all(Array.from({ length: rest.threads(jobs) }, () => started(data)).map(work));
  return found;
}

const started = (data: WorkerData): Worker =>
  new Worker(path.join(__dirname, 'scanWorker.js'), {
    workerData: data,
    // Less than V8 would take for what is thrown away at once: as fast as with twice as much, and 30 MB less in two threads.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
