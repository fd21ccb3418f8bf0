import { closeSync, fsyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import { sweep as sweepSchema, type Sweep } from '../model/sweep';

/** A recording is JSON Lines: one sweep a line (CONTRACTS.md, Sweep). */
export class RecordingError extends Error {
  override name = 'RecordingError';
  /** @param line from 1 */
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** A sweep as one line without its line end. */
export const recordingLine = (sweep: Sweep): string => JSON.stringify(sweep);

/**
 * The sweeps of a recording, oldest first. Fields that are absent are null, unknown ones are left out, empty lines are
 * skipped. A last line that was cut off and sweeps older than the one before are left out with a note.
 * @throws {RecordingError} with the number of the first line that is no sweep
 */
export function readRecording(text: string): { sweeps: Sweep[]; notes: string[] } {
  const sweeps: Sweep[] = [];
  const notes: string[] = [];
  let newest = -Infinity;
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const json = parseLine(line);
    if (json === undefined) {
      // Only a last line without a line end can be one that was still being written.
      if (index < lines.length - 1) throw new RecordingError(index + 1, 'this line is not JSON');
      if (sweeps.length === 0 && !line.startsWith('{')) throw new RecordingError(index + 1, 'this is no recording');
      notes.push(`line ${index + 1} is cut off and was left out`);
      return;
    }
    const sweep = readSweep(json, index + 1);
    const at = Date.parse(sweep.at);
    if (at < newest) notes.push(`line ${index + 1} is older than the line before and was left out`);
    else sweeps.push(sweep);
    newest = Math.max(newest, at);
  });
  return { sweeps, notes };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const versioned = z.object({ version: z.number() });

function readSweep(json: unknown, line: number): Sweep {
  const head = versioned.safeParse(json);
  if (!head.success) throw new RecordingError(line, 'this line is no sweep: it has no version');
  if (head.data.version !== 1) {
    throw new RecordingError(line, `this sweep is of version ${head.data.version}; this program reads version 1`);
  }
  const { success, data, error } = sweepSchema.safeParse(json);
  if (!success) {
    const [issue] = error.issues;
    const place = issue ? toDotPath(issue.path) : '';
    throw new RecordingError(
      line,
      `${place === '' ? 'this sweep' : place}: ${issue?.message ?? 'not as it should be'}`,
    );
  }
  if (Number.isNaN(Date.parse(data.at))) throw new RecordingError(line, 'at: this is no ISO 8601 time');
  return data;
}

/** A recording being written. */
export interface Recording {
  /** Appends one line and hands it to the disk. @throws {Error} of node:fs when it cannot be written */
  write(sweep: Sweep): void;
  /** Safe to call twice. */
  close(): void;
}

/**
 * Opens a file to append sweeps to; it is made where there is none. A last line that an earlier run left cut off is taken
 * away, since another line after it would make the whole unreadable.
 * @throws {RecordingError} when the file holds something that is no recording
 * @throws {Error} of node:fs when it cannot be opened
 */
export function openRecording(path: string): Recording {
  const file = openSync(path, 'a+');
  let open = true;
  const close = () => {
    if (open) closeSync(file);
    open = false;
  };
  try {
    mendEnd(file);
  } catch (error) {
    close();
    throw error;
  }
  return {
    write: (sweep) => {
      writeSync(file, `${recordingLine(sweep)}\n`);
      fsyncSync(file);
    },
    close,
  };
}

const lineEnd = 10;
/** A sweep on one line, whatever wrote it and in whatever order. */
const sweepBegin = /^\uFEFF?\{ *"(?:version|at|brokers|queues|stages|steps)"/;

function mendEnd(file: number): void {
  const { size } = fstatSync(file);
  if (size === 0) return;
  const begin = Buffer.alloc(64);
  readSync(file, begin, 0, begin.length, 0);
  if (!sweepBegin.test(begin.toString())) throw new RecordingError(1, 'the file holds something that is no recording');
  const start = lastLineStart(file, size);
  if (start === size) return;
  const last = Buffer.alloc(size - start);
  readSync(file, last, 0, last.length, start);
  if (parseLine(last.toString()) === undefined) ftruncateSync(file, start);
  else writeSync(file, '\n');
}

/** Where the text after the last line end begins, reading backwards in pieces. */
function lastLineStart(file: number, size: number): number {
  const piece = Buffer.alloc(65_536);
  for (let end = size; end > 0; end -= piece.length) {
    const start = Math.max(0, end - piece.length);
    const length = readSync(file, piece, 0, end - start, start);
    const found = piece.subarray(0, length).lastIndexOf(lineEnd);
    if (found >= 0) return start + found + 1;
  }
  return 0;
}
