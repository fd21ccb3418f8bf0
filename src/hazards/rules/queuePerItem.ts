import type { Rule } from '../rule';
import { ofConnection } from './ofConnection';
import { doubtText } from './sentences';

/**
 * What the rules about a queue without a size share in every language.
 * @param filled how items come in: `put into`
 * @param what it is: `queue`
 */
export const queuePerItem = (filled: string, what: string) =>
  ({
    growth: 'queue',
    severityOf: ({ unit, source, settledEarly, doubt }) => {
      if (doubt !== undefined || ofConnection({ unit, source, settledEarly })) return 'low';
      return unit === 'value' ? 'medium' : 'high';
    },
    diagnosticFrom: 'high',
    messageOf: ({ unit, source, doubt }) =>
      `Each ${unit} ${doubt === undefined ? 'from' : 'of'} \`${source}\` is ${filled} this ${what}, which has no size: when it is emptied more slowly than it is filled, it grows without end.${doubtText(doubt)}`,
    lensOf: ({ unit }) => `unbounded: ${what} grows per ${unit}`,
  }) satisfies Partial<Rule>;
