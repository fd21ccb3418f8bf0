import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileScan, WorkerData } from './worker';

/** Files that a worker is handed at once: enough that it seldom waits, few enough that the last ones end together. */
const batchSize = 16;

/**
 * Scans files on threads. Each asks for more when it is done, so that files are listed no faster than they are read.
 * @param files absolute paths
 * @param jobs number of threads, from 1
 * @returns what was found, in no particular order
 * @throws what a worker throws
 */
export async function scanFiles(files: Iterable<string>, jobs: number, data: WorkerData): Promise<FileScan[]> {
  const rest = files[Symbol.iterator]();
  const found: FileScan[] = [];
  const work = async (): Promise<void> => {
    let batch = take(rest);
    if (batch.length === 0) return;
    const worker = new Worker(path.join(__dirname, 'scanWorker.js'), {
      workerData: data,
      // Less than V8 would take for what is thrown away at once: measured as fast, with 45 MB less in two threads.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    try {
      for (; batch.length > 0; batch = take(rest)) {
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

function take(rest: Iterator<string>): string[] {
  const batch: string[] = [];
  while (batch.length < batchSize) {
    const next = rest.next();
    if (next.done) break;
    batch.push(next.value);
  }
  return batch;
}
