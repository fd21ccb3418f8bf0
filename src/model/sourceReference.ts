import * as z from 'zod';
import { text } from './figureSchema';
import { system } from './system';

/** A queue that source code names. */
export const sourceReference = z.object({
  path: z.string(),
  line: z.number().int().positive(),
  role: z.enum(['produce', 'consume', 'declare']),
  system,
  /** Null: it cannot be resolved from the source. */
  destination: text,
  group: text,
  confidence: z.enum(['literal', 'constant', 'config', 'template', 'unknown']),
  origin: z
    .string()
    .nullable()
    .optional()
    .describe('The other file that says so, as path:line; where files differ all of them, each with its value.'),
});
export type SourceReference = z.infer<typeof sourceReference>;
