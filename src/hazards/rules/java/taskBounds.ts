import type { BoundKind } from '../../rule';

/** What bounds work that is started for each item, by a thread of its own or through an executor. */
export const taskBounds: readonly BoundKind[] = [
  'permit',
  'permit-in-task',
  'pool',
  'joined',
  'counted',
  'broker-credit',
  'pause',
  'leaves-loop',
  'stop-code',
];
