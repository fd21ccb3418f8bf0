import * as z from 'zod';

/** The part of `backpressure.*` that the server reads. Unknown or wrong values fall back to the defaults. */
export const settings = z
  .object({ hints: z.object({ enabled: z.boolean().catch(true) }).catch({ enabled: true }) })
  .catch({ hints: { enabled: true } });
export type Settings = z.infer<typeof settings>;

export const defaults: Settings = settings.parse({});
