import type { AlertCheck } from '../../alerts/rule';
import { hugeThreshold } from './huge-threshold/rule';
import { noFor } from './no-for/rule';
import { rateOnGauge } from './rate-on-gauge/rule';

/** Every check of alert rules: a new one adds its folder and its name here. */
export const alertChecks: readonly AlertCheck[] = [hugeThreshold, noFor, rateOnGauge];

/** Checks that need all files of a workspace, so that only a scan makes them (`alerts/coverage`). */
export const workspaceChecks: readonly Pick<AlertCheck, 'id' | 'title' | 'help'>[] = [
  {
    id: 'alerts/missing-lag-alert',
    title: 'A consumed queue without an alert on its backlog',
    help: 'The workspace has alert rules, and none of them watches what waits in a queue that its source consumes: when its consumer falls behind, nobody is told. `backpressure alerts` writes rules on growth, drain time, stuck and missing consumers.',
  },
  {
    id: 'alerts/cannot-feed',
    title: 'An alert on a figure that no exporter here has',
    help: 'The rule selects a figure of one exporter, and the workspace starts another one for that system: the expression is empty, and the alert can never fire. `backpressure alerts --exporter NAME` writes rules for the one that runs.',
  },
];
