import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { start, type Running } from './process';
import { pythonTools } from './pythonTools';
import { folder, run, runFolder, which, type Need } from './tools';

const packages = ['celery[redis]==5.7.0', 'rq==3.0.0'];

/** Celery and RQ in an environment of their own. */
export interface PythonQueues {
  /** Runs a program to its end, with the tasks of `tasks.py`. */
  python(url: string, program: string): Promise<void>;
  /** Starts a worker: of Celery for a queue by its name, with two threads, or of RQ. Ready when it has said so. */
  worker(library: 'celery' | 'rq', url: string, queue: string): Promise<Running>;
}

/** Tasks that last until the key `go` is there, so that a test decides how long. */
const tasks = `
import os, redis
from celery import Celery
url = os.environ['QUEUE_REDIS']
app = Celery('tasks', broker=url)
app.conf.broker_connection_retry_on_startup = True
def wait():
    redis.from_url(url).brpoplpush('go', 'go', 60)
celery_wait = app.task(wait, name='wait')
`;

/** Installs the libraries once with pip, beside the other tools. */
export async function pythonQueues(): Promise<Need<PythonQueues>> {
  if (!which('python3')) return { ok: false, reason: 'no python3 on the path' };
  let bin: (program: string) => string;
  try {
    bin = await pythonTools('python-queues', packages);
  } catch (error) {
    return { ok: false, reason: `Celery and RQ could not be had: ${String(error).split('\n', 2).join(' ')}` };
  }
  const home = await mkdtemp(path.join(folder(runFolder), 'python-'));
  writeFileSync(path.join(home, 'tasks.py'), tasks);
  const surroundings = (url: string) => ({
    cwd: home,
    env: { ...process.env, QUEUE_REDIS: url, PYTHONPATH: home, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const value: PythonQueues = {
    async python(url, program) {
      await run(bin('python'), ['-c', program], surroundings(url));
    },
    worker(library, url, queue) {
      const log = path.join(home, `${library}.log`);
      const celery = ['-A', 'tasks', 'worker', '--concurrency', '2', '-P', 'threads', '-Q', queue, '-l', 'INFO'];
      return start({
        command: bin(library),
        args: library === 'celery' ? celery : ['worker', '--url', url, queue],
        ...surroundings(url),
        log,
        ready: () => Promise.resolve(/ready\.|Listening on/.test(readFileSync(log, 'utf8'))),
      });
    },
  };
  return { ok: true, value };
}
