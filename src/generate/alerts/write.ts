import { exporterNamed } from './exporters/all';
import { prometheusRules } from './prometheus';
import { promtoolTests } from './promtoolTests';
import { rulesFor, type QueueRules } from './rules';
import type { AlertOptions, AlertQueue, Exporter, Refusal } from './words';

/** Rules written for a report's queues. */
export interface WrittenAlerts {
  /** The rule file. */
  text: string;
  /** How many alert rules are in it. */
  rules: number;
  /** Queues without rules and rules that cannot be had, each with the reason and what to switch on. */
  refused: { subject: string; refusal: Refusal }[];
  /** Unit tests for promtool; null where the target is not tested by it. @param ruleFile as found from the test file */
  tests: ((ruleFile: string) => string) | null;
  /** A dashboard of the same queues, JSON; null where the target has none. */
  dashboard: (() => string) | null;
}

/** The rules of every queue that the exporter can tell of. */
export function alertRules(queues: readonly AlertQueue[], exporter: Exporter, options: AlertOptions): QueueRules[] {
  const fitting = queues.filter((queue) => exporter.fits(queue));
  // A whole node is one thing, however many queues it has.
  const subjects = exporter.wholeNode
    ? fitting.filter(({ broker }, i) => fitting.findIndex((other) => other.broker === broker) === i)
    : fitting;
  return subjects.map((queue) => rulesFor(exporter, queue, options));
}

/**
 * Alert rules of Prometheus for the queues of a report, with thresholds from what was measured.
 * @param report of the window that the thresholds rest on; `queues` may be fewer
 */
export function writeAlerts({ queues }: { queues: readonly AlertQueue[] }, options: AlertOptions): WrittenAlerts {
  const exporter = exporterNamed(options.exporter);
  const found = alertRules(queues, exporter, options);
  return {
    text: prometheusRules(found, exporter, options),
    rules: found.reduce((sum, { rules }) => sum + rules.length, 0),
    refused: refusals(queues, found, exporter),
    tests: (ruleFile) => promtoolTests(found, exporter, options, ruleFile),
    dashboard: null,
  };
}

/** What was left out: queues that the exporter does not tell of, and rules that it cannot feed. */
export function refusals(
  queues: readonly AlertQueue[],
  found: readonly QueueRules[],
  exporter: Exporter,
): WrittenAlerts['refused'] {
  const enable = 'take the exporter of its system, or self';
  return [
    ...queues
      .filter((queue) => !exporter.fits(queue))
      .map(({ id }) => ({ subject: id, refusal: { why: `${exporter.name} tells of ${exporter.tellsOf}`, enable } })),
    ...found.flatMap(({ title, refused }) =>
      refused.map(({ fault, refusal }) => ({ subject: `${title}, ${fault}`, refusal })),
    ),
  ];
}
