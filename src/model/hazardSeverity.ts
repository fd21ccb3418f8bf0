/** Ordered: a later one is worse. */
export const hazardSeverities = ['low', 'medium', 'high', 'critical'] as const;
export type HazardSeverity = (typeof hazardSeverities)[number];
