import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const boundedKinds = ['worker-pool', 'semaphore'] as const;
export type BoundedKind = (typeof boundedKinds)[number];

/** What a driver (test/code/drivers) saw of a generated text, by situation. */
export interface Seen {
  /** 10,000 items of four producers, 16 at once; every 7th fails and every 101st breaks. */
  crowd: { most: number; handled: number; failed: number; notOnce: number; strange: number };
  /** Four run and three producers wait when it is stopped; then the four are let go. */
  cancel: Record<'early' | 'refused' | 'endedEarly' | 'begun' | 'ended', number> & { lateRefused: boolean };
  /** Twenty were submitted when it is closed, twice. */
  drain: { accepted: number; before: number; after: number; late: boolean };
  /** A producer of 200 items of 50 kB before four handlers of 32 ms; growth from a tenth of them to the last. */
  flat: { ahead: number; grownMegabytes: number; unboundedMegabytes: number; timesFaster: number };
  /** Share of one processor while one has nothing to do and another is full with a producer waiting. */
  idle: { share: number };
  /** How many ran at once where only the environment says it, or why it refused. */
  environment: { size?: number; refused?: string };
  /** A semaphore of one slot runs tasks that end, fail and break; where waiting can be given up, one does. */
  call: { value: number; errors: string; again: boolean; gaveUp?: boolean };
}
export type Situation = keyof Seen;

/** Generated texts of one language, compiled beside their driver. */
export interface Bounded {
  /** What the checkers of the language say of the texts and of nothing else; '' where nothing. */
  check(): Promise<string>;
  /** How the driver is run: its arguments are the kind and the situations. */
  driver(kind: BoundedKind): { command: string; args: readonly string[]; env?: NodeJS.ProcessEnv };
}

/** Names of the two in the drivers. */
export const boundedNames = { 'worker-pool': 'OrderJobs', semaphore: 'JobSlots' } as const;

/**
 * Plays situations in one process of the driver.
 * @param concurrency what the environment says
 */
export async function play(
  bounded: Bounded,
  kind: BoundedKind,
  situations: readonly Situation[],
  concurrency: string,
): Promise<Seen> {
  const { command, args, env } = bounded.driver(kind);
  const { stdout } = await promisify(execFile)(command, [...args, kind, ...situations], {
    env: { ...process.env, ...env, ORDER_JOBS_CONCURRENCY: concurrency, JOB_SLOTS_CONCURRENCY: concurrency },
  });
  return JSON.parse(stdout) as Seen;
}

/** Runs a checker. @returns all it says, whether it fails or not */
export async function said(command: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, [...args], { cwd });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `${stdout}${stderr}` || String(error);
  }
}
