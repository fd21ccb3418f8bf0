import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ports given out in this process, so that two servers of one run never get the same. */
const taken = new Set<number>();

/** Free loopback ports. Another process may still take one before it is used: start servers with one retry. */
export async function freePorts(n: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < n) {
    const port = await new Promise<number>((resolve, reject) => {
      const probe = createServer();
      probe.once('error', reject);
      probe.listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
    });
    if (!taken.has(port)) {
      taken.add(port);
      ports.push(port);
    }
  }
  return ports;
}

export interface Running {
  readonly pid: number;
  readonly log: string;
  /** SIGTERM (or the given signal) to the whole group, SIGKILL after `graceMs`; resolves when the child is gone. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<void>;
}

/** Vitest loads this file anew for each file of tests, in one process: its listeners are added once all the same. */
const shared: Record<symbol, Set<ChildProcess> | undefined> = globalThis;
const livingKey = Symbol.for('backpressure: servers of this run');
const living = (shared[livingKey] ??= stopAtTheEnd(new Set()));
const signalGroup = (child: ChildProcess, signal: NodeJS.Signals) => {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group is already gone.
  }
};
function stopAtTheEnd(children: Set<ChildProcess>): Set<ChildProcess> {
  // First in line: Vitest's own listener calls process.exit() again, after which no other is asked.
  process.prependListener('exit', () => children.forEach((child) => signalGroup(child, 'SIGKILL')));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  return children;
}

export interface StartOptions {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Everything the server prints; a pipe nobody reads would stop it. */
  log: string;
  /** Resolves true once the server answers in its own protocol; asked again until then. An open port is too early. */
  ready: () => Promise<boolean>;
  timeoutMs?: number;
}

/** Starts a server in a process group of its own and waits until it answers. */
export async function start({
  command,
  args,
  env,
  cwd,
  log,
  ready,
  timeoutMs = 60_000,
}: StartOptions): Promise<Running> {
  mkdirSync(path.dirname(log), { recursive: true });
  const out = openSync(log, 'a');
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    cwd,
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  let failure: Error | undefined;
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      failure = error;
      resolve();
    });
    child.once('exit', () => resolve());
  });
  living.add(child);
  void gone.then(() => living.delete(child));
  const stop: Running['stop'] = async (signal = 'SIGTERM', graceMs = 20_000) => {
    if (child.exitCode !== null || child.signalCode !== null || failure) return;
    signalGroup(child, signal);
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    await gone;
    clearTimeout(timer);
    signalGroup(child, 'SIGKILL');
  };
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (failure || child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${command} ended before it was ready${failure ? `: ${failure.message}` : ''}\n${tail(log)}`);
    }
    if (await ready().catch(() => false)) break;
    if (Date.now() > deadline) {
      await stop('SIGKILL');
      throw new Error(`${command} was not ready after ${timeoutMs / 1000} s\n${tail(log)}`);
    }
    await sleep(50);
  }
  return { pid: child.pid ?? 0, log, stop };
}

const tail = (file: string) => readFileSync(file, 'utf8').split('\n').slice(-20).join('\n');

/** Asks again until it holds; for what a broker does in its own time. */
export async function until(what: string, holds: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`after ${timeoutMs / 1000} s still not so: ${what}`);
    await sleep(100);
  }
}

/** Stops a process where it stands, as if it hung. A signal takes a moment, in which a server may still answer. */
export async function hang(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await until(`process ${pid} has stopped`, () => Promise.resolve(threads(pid).every((state) => state === 'T')));
}

/**
 * The processes that were started, at whatever remove, by one of ours, and whose command line has a text in it.
 * @param leader its pid: all of them are in its group
 */
export function processesOf(leader: number, text: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const [, group] = /.*\) \w \d+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return Number(group) === leader && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}

/** The state of each thread; proc(5): it follows the name, which stands in parentheses. */
const threads = (pid: number) =>
  readdirSync(`/proc/${pid}/task`).map(
    (thread) => /.*\) (\w)/s.exec(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'))?.[1],
  );
