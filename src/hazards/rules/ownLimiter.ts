import type { Rule } from '../rule';

/** What the rules about a limiter that limits nothing share in every language. */
export const ownLimiter = {
  title: 'A limiter that is made anew for each call',
  growth: 'limiter',
  bounds: ['shared'],
  severityOf: () => 'high',
  diagnosticFrom: 'high',
  messageOf: ({ source, unit }) =>
    unit === 'call'
      ? `Each call of \`${source}\` makes a limiter of its own and alone uses it: it limits nothing.`
      : `Each ${unit} from \`${source}\` gets a limiter of its own: it limits nothing.`,
  lensOf: () => 'limits nothing: made anew for each call',
} satisfies Partial<Rule>;
