import * as z from 'zod';
import { methods } from './referenceMethods';
import { sourceReference } from '../model/sourceReference';

/** A reference, and the file it stands in as the machine names it. `path` is relative to the workspace folder. */
export const placedReference = sourceReference.extend({ file: z.string() });
export type PlacedReference = z.infer<typeof placedReference>;

/** A hazard as the editor's other surfaces need it. Lines from 1. */
export const placedHazard = z.object({
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  rule: z.string(),
  /** The short line that stands above the place. */
  lens: z.string(),
  /** Titles of its quick fixes, the preferred one first. */
  fixes: z.array(z.string()),
});
export type PlacedHazard = z.infer<typeof placedHazard>;

/** A loop in a text, by a stretch in UTF-16 units from 0, whose bodies shall run so many at once. */
export const loopQuestion = z.object({
  /** As the editor calls it. */
  language: z.string(),
  text: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  size: z.number().int().positive(),
});

/** What the editor asks the language server beside the language protocol: methods, and the schemas of their answers. */
export const asked = {
  /**
   * `{ uri }`: references of an open document as its text is now, or of a file of the workspace as it is saved; null
   * while the text is half-typed.
   */
  ofDocument: { method: methods.ofDocument, answer: z.array(placedReference).nullable() },
  /** References of all files of the workspace, open ones as they are typed; the first question waits for the index. */
  ofWorkspace: { method: methods.ofWorkspace, answer: z.array(placedReference) },
  /** `{ file }`: what can grow without bound in a file, open or not. */
  hazardsOfFile: { method: methods.hazardsOfFile, answer: z.array(placedHazard) },
  /** A `LoopQuestion`: the text in which the loop is a pool, and the line from 0 where it begins; or why it cannot be one. */
  loopAsPool: {
    method: methods.loopAsPool,
    answer: z.union([z.object({ text: z.string(), line: z.number().int() }), z.object({ refused: z.string() })]),
  },
} as const;

/** The server says that the references of the workspace are others now; without parameters. */
export const referencesChanged = 'backpressure/referencesChanged';
