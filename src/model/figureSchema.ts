import * as z from 'zod';

/**
 * A measured figure: a number, or `null` when there is none.
 * Why a figure is null stands in the row's `missing`, so that zero, nothing-to-count and could-not-be-read stay apart.
 * An absent field is read as null, so that recordings of other versions open.
 */
export const figure = z.number().nullable().default(null);

/** A word of the broker that may be absent. */
export const text = z.string().nullable().default(null);

/**
 * Why a figure is null. `none`: there is nothing to count (a group that never committed).
 * `unknown`: it could not be read; the reason is one short sentence a person can act on.
 */
export const missingReason = z.object({ kind: z.enum(['none', 'unknown']), reason: z.string() });
export type MissingReason = z.infer<typeof missingReason>;

/** One entry for each null figure of a row, by field name. */
export const missing = z.record(z.string(), missingReason).default({});
export type Missing = z.infer<typeof missing>;

/** Figures that are only bounded or sampled, by field name, each with the reason. */
export const approximate = z.record(z.string(), z.string()).default({});
export type Approximate = z.infer<typeof approximate>;
