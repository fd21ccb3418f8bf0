import type { Rule } from '../rule';
import { ofConnection } from './ofConnection';
import { doubtText, settledText } from './sentences';

/**
 * What the rules about work that starts for each item, and for whose end nobody waits, share in every language.
 * @param started what starts: `goroutine`
 * @param grows what there is more and more of: `goroutines and memory`
 */
export const taskPerItem = (started: string, grows: string) =>
  ({
    growth: 'task',
    bounds: ['permit', 'permit-in-task', 'pool', 'joined', 'counted', 'broker-credit', 'leaves-loop', 'stop-code'],
    severityOf: ({ unit, source, settledEarly, doubt }) => {
      if (doubt !== undefined || unit === 'connection' || unit === 'request') return 'low';
      if (ofConnection({ unit, source, settledEarly })) return 'low';
      if (unit === 'value') return 'medium';
      return settledEarly === null ? 'high' : 'critical';
    },
    diagnosticFrom: 'high',
    messageOf: (growth) =>
      `Each ${growth.unit} from \`${growth.source}\` starts a ${started} and nothing waits for one to end: when they arrive faster than the work is done, ${grows} grow without end.${settledText(growth.settledEarly)}${doubtText(growth.doubt)}`,
    lensOf: ({ unit }) => `unbounded: one ${started} per ${unit}`,
  }) satisfies Partial<Rule>;
