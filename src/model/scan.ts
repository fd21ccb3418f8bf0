import * as z from 'zod';
import { text } from './figureSchema';
import { hazardSeverities, type HazardSeverity } from './hazardSeverity';
import { sourceReference, type SourceReference } from './sourceReference';

export type { HazardSeverity, SourceReference };

/** A place in source code that can grow without bound. Lines and columns count from 1, columns in UTF-16 units. */
export const hazard = z.object({
  /** `language/class`, such as `go/unbounded-spawn`. */
  rule: z.string(),
  severity: z.enum(hazardSeverities),
  /** `diagnostic`: the growth is proven. `hint`: worth a look, shown above the line only. */
  level: z.enum(['diagnostic', 'hint']),
  /** Relative to the scanned root, with `/`. */
  path: z.string(),
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  endLine: z.number().int().positive(),
  /** The first column after the place. */
  endColumn: z.number().int().positive(),
  /** Names the growth path, so that a reader can refute it. */
  message: z.string(),
  /** Why it can grow, one step a line. */
  evidence: z.array(z.string()),
  /** The bounds that were looked for and not found. */
  lookedFor: z.array(z.string()),
  fixes: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        /** What is replaced by which text; lines and columns as above. */
        changes: z
          .array(
            z.object({
              line: z.number().int().positive(),
              column: z.number().int().positive(),
              endLine: z.number().int().positive(),
              endColumn: z.number().int().positive(),
              text: z.string(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  /** The reason given in a suppression comment; null: not suppressed. */
  suppressed: text,
  /** Id of the live queue that feeds this place, where it is known. */
  queue: text,
});
export type Hazard = z.infer<typeof hazard>;

/** Places of a rule where a bound was found. */
export const passed = z.object({ rule: z.string(), places: z.number().int(), text: z.string() });
export type Passed = z.infer<typeof passed>;

/** A comment that explains a hazard away. `stale`: there is none any more. `bare`: it gives no reason and does not count. */
export const suppression = z.object({
  path: z.string(),
  line: z.number().int().positive(),
  reason: text,
  state: z.enum(['used', 'stale', 'bare']),
});

/** What `scan --format json` prints. */
export const scan = z.object({
  version: z.literal(1),
  roots: z.array(z.string()),
  files: z.number().int(),
  bytes: z.number().int(),
  seconds: z.number(),
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
  hazards: z.array(hazard),
  passed: z.array(passed),
  suppressions: z.array(suppression).default([]),
  references: z.array(sourceReference).default([]),
});
export type Scan = z.infer<typeof scan>;
