import { cloudWatchAlarms } from './cloudwatch';
import { grafanaAlerts } from './grafana';
import { scaledObjects } from './keda';
import type { AlertOptions, AlertQueue } from './words';
import { writeAlerts, type WrittenAlerts } from './write';

/** What alerts can be written for (CONTRACTS.md, `alerts`). */
export const alertTargets = ['prometheus', 'grafana', 'cloudwatch', 'keda'] as const;
export type AlertTarget = (typeof alertTargets)[number];

/** What of a report the targets need. */
export interface AlertSubject {
  queues: readonly AlertQueue[];
  /** Where the brokers are: a scaler has to be told. */
  brokers?: readonly { name: string; url: string }[];
}

type Writer = (subject: AlertSubject, options: AlertOptions) => WrittenAlerts;

const writers: Record<AlertTarget, Writer> = {
  prometheus: writeAlerts,
  grafana: grafanaAlerts,
  cloudwatch: cloudWatchAlarms,
  keda: scaledObjects,
};

/** The alerts of a report's queues for one target. */
export const writeTarget = (target: AlertTarget, ...wanted: Parameters<Writer>): WrittenAlerts =>
  writers[target](...wanted);
