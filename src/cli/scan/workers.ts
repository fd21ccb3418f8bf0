import { once } from 'node:events';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Readable } from '../../files/walk';
import { Rest } from './rest';
import type { FileScan, WorkerData } from './worker';

/**
 * Scans files on threads. Each asks for more when it is done.
 * @param jobs number of threads, from 1
 * @returns what was found, in no particular order
 * @throws what a worker throws
 */
export async function scanFiles(files: Iterable<Readable>, jobs: number, data: WorkerData): Promise<FileScan[]> {
  // Half of a worker's heap would be what nobody needs any more: 40 MB less in two threads for 2 % of processor time.
  setFlagsFromString('--heap-growing-percent=15');
  const rest = new Rest(files);
  const found: FileScan[] = [];
  const work = async (_: unknown, thread: number): Promise<void> => {
    let batch = rest.batch(thread);
    if (batch.length === 0) return;
    const worker = new Worker(path.join(__dirname, 'scanWorker.js'), {
      workerData: data,
      // Less than V8 would take for what is thrown away at once: measured as fast, with 60 MB less in two threads.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    try {
      for (; batch.length > 0; batch = rest.batch(thread)) {
        worker.postMessage(batch);
        const [scans] = (await once(worker, 'message')) as [FileScan[]];
        found.push(...scans);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return found;
}
