import type { MissingReason } from './figureSchema';

// Apart from the schemas, so that what only measures need not load zod.
export type { Approximate, Missing, MissingReason } from './figureSchema';

/** There is nothing to count. */
export const none = (reason: string): MissingReason => ({ kind: 'none', reason });
/** It could not be read. */
export const unknown = (reason: string): MissingReason => ({ kind: 'unknown', reason });
