import type { QueueReport } from '../../model/report';
import { severities } from '../../model/severity';

/** What the queues may be sorted by; `worst` is what needs a person most. */
export const orders = ['worst', 'backlog', 'age', 'growth', 'name'] as const;
export type Order = (typeof orders)[number];

/** How a person wants to see the queues. */
export interface Arrangement {
  order: Order;
  /** Part of a name, in any case; empty shows all. */
  filter: string;
  hideEmpty: boolean;
  /** Ids of queues, and keys of destinations, that stand first. */
  pinned: ReadonlySet<string>;
}

const stateRanks: Record<QueueReport['state'], number> = {
  ...{ 'data-loss-risk': 0, stuck: 1, 'no-consumer': 2, growing: 3, 'at-capacity': 4 },
  ...{ draining: 5, stale: 6, unknown: 7, healthy: 8, idle: 9 },
};
const byId = (a: QueueReport, b: QueueReport) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Largest first; what is not known comes after what is. */
const byFigure = (figure: (queue: QueueReport) => number | null) => (a: QueueReport, b: QueueReport) =>
  (figure(b) ?? -Infinity) - (figure(a) ?? -Infinity) || byId(a, b);

/** How each order compares two queues. */
export const comparisons: Record<Order, (a: QueueReport, b: QueueReport) => number> = {
  worst: (a, b) =>
    severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
    stateRanks[a.state] - stateRanks[b.state] ||
    (b.backlog ?? -1) - (a.backlog ?? -1) ||
    byId(a, b),
  backlog: byFigure(({ backlog }) => backlog),
  age: byFigure(({ ageSeconds }) => ageSeconds),
  growth: byFigure(({ growthRate, trend }) => growthRate ?? trend.slope),
  name: byId,
};

/** A figure's size in steps of about 40 %: small changes are no reason to sort again. */
const size = (figure: number | null) =>
  figure === null ? '?' : `${Math.sign(figure)}${Math.round(2 * Math.log2(1 + Math.abs(figure)))}`;

/** The order of a list stays while these stay, so that rows don't jump under the hand. */
export const signatures: Record<Order, (queue: QueueReport) => string> = {
  worst: ({ severity, state }) => `${severity} ${state}`,
  backlog: ({ backlog }) => size(backlog),
  age: ({ ageSeconds }) => size(ageSeconds),
  growth: ({ growthRate, trend }) => size(growthRate ?? trend.slope),
  name: () => '',
};
