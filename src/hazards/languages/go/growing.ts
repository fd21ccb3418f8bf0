import type { Growth, Turn } from '../../rule';

/** What grows with each turn of what is repeated around a place. @param doubt what the file does not show */
export const growing = (
  unit: Growth['unit'],
  source: string,
  evidence: string[],
  turn: Turn,
  doubt?: string,
): Growth => ({
  ...{ unit, source, evidence, turns: [turn], settledEarly: null },
  ...(doubt === undefined ? {} : { doubt }),
});
