import * as z from 'zod';
import { ruleSettings } from '../model/ruleSettings';

const hints = z.object({ enabled: z.boolean().catch(true) }).catch({ enabled: true });
const rules = ruleSettings.shape.rules.catch({});

/** The part of `backpressure.*` that the server reads. Unknown or wrong values fall back to the defaults. */
export const settings = z.object({ hints, rules }).catch({ hints: { enabled: true }, rules: {} });
export type Settings = z.infer<typeof settings>;
