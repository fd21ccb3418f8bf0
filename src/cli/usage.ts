import { InvalidArgumentError, type Command } from 'commander';

/** Adds a verb to the program. @param done is told the exit code */
export type AddVerb = (program: Command, done: (code: number) => void) => void;

/** Bad usage or input: one line on standard error, exit code 2, nothing on standard output (CONTRACTS.md, exit codes). */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** By its name: each bundle of the command line has its own copy of the class. */
export const isUsageError = (error: unknown): error is UsageError =>
  error instanceof Error && error.name === 'UsageError';

export const exitCodes = { fine: 0, finding: 1, usage: 2, broker: 3 } as const;

const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** `90s`, `5m`, `1.5h`, `500ms` in seconds. */
export function seconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const unit = units[match?.[2] ?? ''];
  if (!match || unit === undefined)
    throw new InvalidArgumentError(`"${text}" is no length of time; write 90s, 5m or 1h`);
  return Number(match[1]) * unit;
}

/** A length of time of at least so many seconds. */
export const secondsFrom = (least: number) => (text: string) => {
  const value = seconds(text);
  if (value < least) throw new InvalidArgumentError(`"${text}" is too short; ${least}s is the least`);
  return value;
};

/** A share above 0 and up to 1. @throws {InvalidArgumentError} for another text */
export function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1))
    throw new InvalidArgumentError(`"${text}" is no share; write a number above 0 and up to 1, such as 0.7`);
  return value;
}

/** A whole number from 1 up. @throws {InvalidArgumentError} for another text */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`"${text}" is no whole number from 1 up`);
  return value;
}

/** ISO 8601 time in milliseconds since the epoch. */
export function time(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError(`"${text}" is no time; write it as 2026-11-21T03:00:00Z`);
  return value;
}
