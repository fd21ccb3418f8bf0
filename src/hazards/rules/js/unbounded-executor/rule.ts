import type { Rule } from '../../../rule';
import { allOf } from '../../../words';
import { limited } from './limited';

/** A thread or process of the system for each message or request. */
export const unboundedExecutor: Rule = {
  id: 'js/unbounded-executor',
  title: 'A process for each message or request',
  help: 'A thread or process costs tens of megabytes and a share of the processor. When messages or requests arrive faster than they end, the machine runs out of both, and everything on it slows down. Keep a pool of a fixed size (piscina for worker threads), or let so many run at once (p-limit).',
  words: allOf(/worker_threads|child_process|execa/, /\bnew Worker\(|\b(fork|spawn|exec|execFile|execa)\(/),
  query: `
    (new_expression constructor: (identifier) @name (#eq? @name "Worker")) @place
    (call_expression function: (identifier) @name (#any-of? @name "fork" "spawn" "exec" "execFile" "execa")) @place`,
  growth: 'executor',
  bounds: ['permit', 'pool', 'counted', 'broker-credit', 'pause', 'stop-code'],
  severityOf: ({ unit }) => (unit === 'message' || unit === 'request' ? 'high' : 'medium'),
  diagnosticFrom: 'high',
  messageOf: ({ unit, source }) =>
    `Each ${unit} from \`${source}\` starts a thread or process of the system, and nothing limits how many run at once.`,
  lensOf: ({ unit }) => `unbounded: one process per ${unit}`,
  fixes: [limited],
};
