import * as z from 'zod';
import { fileVersion } from './fileVersion';
import { hazardSeverities } from './hazardSeverity';

/** What a rule is set to: its severity, or `off`. */
export const ruleSetting = z.enum(['off', ...hazardSeverities]);

/** `.backpressurerc`, in YAML: which rules run, how severe they are, and which paths are left out. */
export const ruleSettings = z.strictObject({
  version: fileVersion.describe('Of the form of this file; it need not be named.'),
  /** By id, such as `go/unbounded-spawn`. A rule that is not named keeps its own severities. */
  rules: z.record(z.string(), ruleSetting).default({}),
  /** Patterns as in a .gitignore, relative to the folder of the file. */
  exclude: z.array(z.string()).default([]),
});
export type RuleSettings = z.infer<typeof ruleSettings>;
