/** Ordered: a later one is worse. Apart from the schemas, so that what only compares need not load them. */
export const severities = ['ok', 'info', 'warning', 'critical'] as const;
