import { readFileSync } from 'node:fs';
import type { Sweep } from '../model/sweep';
import { readRecording } from '../measure/recording';
import type { Output } from './output';
import { UsageError } from './usage';

/** The sweeps of a recording, oldest first. @throws {UsageError} when there are none or a line is no sweep */
export function loadRecording(file: string, output: Output): Sweep[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--replay: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    const { sweeps, notes } = readRecording(text);
    for (const note of notes) output.remark(`${file}: ${note}`);
    if (sweeps.length === 0) throw new UsageError(`${file}:1:1: the recording holds no sweep`);
    return sweeps;
  } catch (error) {
    if (error instanceof Error && error.name === 'RecordingError') {
      const line = 'line' in error && typeof error.line === 'number' ? error.line : 1;
      throw new UsageError(`${file}:${line}:1: ${error.message}`);
    }
    throw error;
  }
}

/** The usual time between two sweeps of a recording: the median, in milliseconds. */
export function usualInterval(sweeps: readonly Sweep[]): number {
  const gaps = sweeps.slice(1).map((sweep, i) => Date.parse(sweep.at) - Date.parse(sweeps[i]?.at ?? sweep.at));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}
