import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** What a whole process took, with those that it started: elapsed and processor seconds, and the most memory one of them held. */
export interface Taken {
  wall: number;
  cpu: number;
  megabytes: number;
}

/** Clock ticks of Linux in a second, as `/proc` counts processor time. */
const ticks = 100;
/** How often the memory is looked at. Its peak is kept by the kernel, so only the very end can be missed. Milliseconds. */
const every = 20;

/** Runs a program to its end, whatever its exit code; what it prints is read and thrown away. @throws when it cannot be started */
export async function taken(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Taken> {
  const [began, before] = [performance.now(), ofChildren()];
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'ignore'] });
  const ended = once(child, 'exit');
  let kilobytes = 0;
  const look = setInterval(() => {
    kilobytes = Math.max(kilobytes, ...family(child.pid).map(peakOf));
  }, every);
  await ended.finally(() => {
    clearInterval(look);
  });
  return { wall: (performance.now() - began) / 1000, cpu: ofChildren() - before, megabytes: kilobytes / 1024 };
}

/** Processor time of a process that runs, or of this one's children that have ended. Seconds, in steps of a hundredth. */
export function processorTime(pid: number | 'self', of: 'own' | 'children'): number {
  // The name of the program, in brackets, may hold anything: fields count from its end.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').map(Number) ?? [];
  const [user, system] = of === 'own' ? [fields[11], fields[12]] : [fields[13], fields[14]];
  return ((user ?? NaN) + (system ?? NaN)) / ticks;
}

/** A field of `/proc/pid/status` that is given in kilobytes. */
export function kilobytesOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}

const ofChildren = () => processorTime('self', 'children');

function peakOf(pid: number): number {
  try {
    return kilobytesOf(pid, 'VmHWM');
  } catch {
    // It has ended.
    return 0;
  }
}

function family(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  try {
    const started = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return [pid, ...started.flatMap((each) => family(Number(each)))];
  } catch {
    return [pid];
  }
}
