import { closest, distance } from 'fastest-levenshtein';

/** What is wrong at one place of a pipeline file. */
export interface PipelineProblem {
  severity: 'error' | 'warning';
  /** From 1. */
  line: number;
  column: number;
  message: string;
}

/** Keys and indexes from the top of the file to a value. */
export type Path = (string | number)[];

/** Takes in what is wrong at a value, or at its key. */
export type Report = (severity: PipelineProblem['severity'], path: Path, message: string, onKey?: boolean) => void;

/** `, did you mean "…"?` for a word two letters away at most from a known one; else nothing. */
export const suggestion = (word: string, known: string[]) => {
  const near = known.length > 0 ? closest(word, known) : '';
  return near !== '' && distance(word, near) <= 2 ? `, did you mean "${near}"?` : '';
};
