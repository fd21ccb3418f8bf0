import { alertTemplate, plain } from '../../model/escape';
import { duration } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { Severity } from '../../model/report';
import { halfWindow, metricsOf, promDuration } from './promql';
import { criticalFactor, Thresholds, windowOf } from './thresholds';
import {
  faults,
  isRefusal,
  type AlertOptions,
  type AlertQueue,
  type Exporter,
  type Fault,
  type QueueSeries,
  type Refusal,
} from './words';

/** One alert rule of Prometheus. */
export interface AlertRule {
  fault: Fault;
  alert: string;
  expr: string;
  /** How long it must hold, seconds. */
  forSeconds: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** The rules for one queue (or one node), and those that cannot be had. */
export interface QueueRules {
  queue: AlertQueue;
  /** What the alerts call it. */
  title: string;
  rules: AlertRule[];
  refused: { fault: Fault; refusal: Refusal }[];
  /** What the thresholds rest on, in sentences. */
  basis: string[];
}

/** So much of what is kept may wait: a fifth is left before messages are taken away unread. */
const retainedShare = 0.8;

interface FaultText {
  alert: string;
  severity: Severity;
  /** After the queue's name. */
  summary: string;
}
const texts: Record<Fault, FaultText> = {
  growing: { alert: 'BackpressureGrowing', severity: 'warning', summary: 'is backing up' },
  'will-not-drain': { alert: 'BackpressureWillNotDrain', severity: 'critical', summary: 'will not drain in time' },
  stuck: { alert: 'BackpressureStuck', severity: 'critical', summary: 'is stuck' },
  'no-consumers': { alert: 'BackpressureNoConsumers', severity: 'critical', summary: 'has no consumers' },
  'retention-loss': {
    alert: 'BackpressureRetentionLossNear',
    severity: 'critical',
    summary: 'is about to lose messages',
  },
  absent: { alert: 'BackpressureAbsent', severity: 'warning', summary: 'is not measured any more' },
  'age-warning': { alert: 'BackpressureAgeWarning', severity: 'warning', summary: 'is older than its objective' },
  'age-critical': {
    alert: 'BackpressureAgeCritical',
    severity: 'critical',
    summary: 'is far older than its objective',
  },
};

/** The alert that tells of a fault. */
export const alertOf = (fault: Fault) => texts[fault].alert;

/** All rules of one queue by what an exporter tells of it. The queue has to fit the exporter. */
export function rulesFor(exporter: Exporter, queue: AlertQueue, options: AlertOptions): QueueRules {
  const series = exporter.describe(queue);
  const window = windowOf(exporter, options);
  const thresholds = new Thresholds(exporter.wholeNode ? { ...queue, arrivalRate: null } : queue, series, window);
  const title = exporter.wholeNode ? `the nodes of ${plain(queue.broker)}` : plain(queueLabel(queue));
  const found: QueueRules = { queue, title, rules: [], refused: [], basis: thresholds.explained(options) };
  for (const fault of faults) {
    const told = conditionOf(fault, { series, thresholds, window, options, wholeNode: exporter.wholeNode ?? false });
    const refusal = isRefusal(told) ? told : missingMetric(told.expr, exporter, options);
    if (refusal) found.refused.push({ fault, refusal });
    else if (!isRefusal(told)) found.rules.push(asRule(fault, told, exporter, queue, title, options));
  }
  return found;
}

interface Condition {
  expr: string;
  /** What is said of it, as a template: $value is that of the expression. */
  description: string;
}

interface Circumstances {
  series: QueueSeries;
  thresholds: Thresholds;
  /** Seconds. */
  window: number;
  options: AlertOptions;
  wholeNode: boolean;
}

function conditionOf(fault: Fault, circumstances: Circumstances): Condition | Refusal {
  const { series, thresholds, window, options } = circumstances;
  const { maxAgeSeconds, drainSeconds, forSeconds } = options;
  switch (fault) {
    case 'growing':
      return {
        expr: thresholds.isGrowing,
        description: series.inSeconds
          ? 'More arrives than is read: every second the readers fall {{ $value | humanize }} s further behind.'
          : 'More arrives than is finished: the backlog grows by {{ $value | humanize }} messages/s.',
      };
    case 'will-not-drain':
      return {
        expr: `${thresholds.drainSeconds} > ${drainSeconds} and ${thresholds.backlogAbove(maxAgeSeconds)}`,
        description: `At the present rates it is empty in {{ $value | humanizeDuration }} (+Inf: never); it should be in ${duration(drainSeconds)}.`,
      };
    case 'stuck':
      return where(series.stuck, (stuck) => ({
        expr: stuck(halfWindow(window)),
        description: `Messages wait and consumers are there, but what waits is finished by none of them: nothing for ${duration(window / 2 + forSeconds)}.`,
      }));
    case 'no-consumers':
      return where(series.noConsumers, (noConsumers) => ({
        expr: noConsumers(halfWindow(window)),
        description: 'Messages wait and nobody reads them.',
      }));
    case 'retention-loss':
      return retentionLoss(series, options);
    case 'absent':
      return where(series.present, (present) => ({
        expr: `absent(${present})`,
        description: 'The exporter, its scrape or the queue is gone: no other rule can see this queue now.',
      }));
    case 'age-warning':
      return tooOld(maxAgeSeconds, circumstances);
    case 'age-critical':
      return tooOld(maxAgeSeconds * criticalFactor, circumstances);
  }
}

/** A condition on what the exporter tells, or why it does not tell it. */
const where = <Told extends object | string>(told: Told | Refusal, condition: (told: Told) => Condition) =>
  isRefusal(told) ? told : condition(told);

function retentionLoss({ retained, age }: QueueSeries, { retentionSeconds }: AlertOptions): Condition | Refusal {
  if (!isRefusal(retained)) {
    return {
      expr: retained(retainedShare),
      description:
        '{{ $value | humanizePercentage }} of what is kept waits unread: what comes next takes the oldest away.',
    };
  }
  if (retentionSeconds === null || isRefusal(age)) return retained;
  return {
    expr: `${age} > ${retentionSeconds * retainedShare}`,
    description: `The oldest message is {{ $value | humanizeDuration }} old and kept for ${duration(retentionSeconds)}.`,
  };
}

function tooOld(seconds: number, { series, thresholds, window, wholeNode }: Circumstances): Condition | Refusal {
  const { age, ageOfNext } = series;
  if (wholeNode && isRefusal(age)) return age;
  const notDraining = thresholds.isNotDraining;
  if (!isRefusal(age)) {
    return {
      expr: `${age} > ${seconds}${ageOfNext ? '' : ` and ${thresholds.isNoStraggler(seconds)}`} and ${notDraining}`,
      description: `The oldest message is {{ $value | humanizeDuration }} old and the backlog does not fall; it should be at most ${duration(seconds)}.`,
    };
  }
  if (!thresholds.known) {
    return {
      why: `${age.why}, and neither is it known what arrives`,
      enable: 'write the rules while messages arrive, so that the rate is measured',
    };
  }
  // What waits in front of the newest arrived before it: more waits than came in that time, so the oldest is older.
  return {
    expr: `${thresholds.backlogAbove(seconds, Math.max(seconds, window))} and ${notDraining}`,
    description: `{{ $value | humanize }} messages wait, more than arrive in ${duration(seconds)}: the oldest is older than that, and the backlog does not fall.`,
  };
}

function missingMetric(expr: string, { needs }: Exporter, { metrics }: AlertOptions): Refusal | null {
  const missing = metrics === null ? [] : metricsOf(expr).filter((metric) => !metrics.has(metric));
  return missing.length === 0 ? null : { why: `the Prometheus has no ${missing.join(', ')}`, enable: needs };
}

function asRule(
  fault: Fault,
  { expr, description }: Condition,
  { wholeNode }: Exporter,
  queue: AlertQueue,
  title: string,
  { forSeconds, runbook }: AlertOptions,
): AlertRule {
  const { alert, severity, summary } = texts[fault];
  const names = wholeNode
    ? { queue: queue.broker }
    : { queue: queue.id, destination: queue.destination, ...(queue.group !== null && { group: queue.group }) };
  const labels = { severity, system: queue.system, broker: queue.broker, ...names };
  return {
    ...{ fault, alert, expr },
    // A scrape that fails once or a rebalance leaves gaps that are no absence.
    forSeconds: fault === 'absent' ? 2 * forSeconds : forSeconds,
    labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, alertTemplate(value)])),
    annotations: {
      summary: `${alertTemplate(title)} ${summary}`,
      description,
      runbook_url: alertTemplate(`${runbook}#${fault}`),
    },
  };
}

/** What the rules call this length of time. */
export const forText = ({ forSeconds }: Pick<AlertRule, 'forSeconds'>) => promDuration(forSeconds);
