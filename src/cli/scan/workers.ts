import { once } from 'node:events';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Readable } from '../../files/walk';
import type { FileScan, WorkerData } from './worker';

/** Files that a worker is handed at once: enough that it seldom waits, few enough that the last ones end together. */
const batchSize = 16;
/** The memory that a file needs to be parsed is never given back: what needs much is parsed by one thread only. */
const largeBytes = 150_000;

/**
 * Scans files on threads. Each asks for more when it is done, so that files are listed no faster than they are read.
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
    const large = thread === 0;
    let batch = rest.batch(large);
    if (batch.length === 0) return;
    const worker = new Worker(path.join(__dirname, 'scanWorker.js'), {
      workerData: data,
      // Less than V8 would take for what is thrown away at once: measured as fast, with 60 MB less in two threads.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    try {
      for (; batch.length > 0; batch = rest.batch(large)) {
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

/** The files that no thread has taken yet. */
class Rest {
  private readonly files: Iterator<Readable>;
  /** Met by threads that leave them to another. */
  private readonly large: string[] = [];

  constructor(files: Iterable<Readable>) {
    this.files = files[Symbol.iterator]();
  }

  /** The next files, as absolute paths; none at the end. @param large also large ones */
  batch(large: boolean): string[] {
    const batch = large ? this.large.splice(0) : [];
    while (batch.length < batchSize) {
      const next = this.files.next();
      if (next.done) break;
      const { file, bytes } = next.value;
      if (bytes > largeBytes && !large) this.large.push(file);
      else batch.push(file);
    }
    return batch;
  }
}
