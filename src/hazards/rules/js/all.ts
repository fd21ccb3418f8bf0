import { asyncListener } from './async-listener/rule';
import { ignoredWrite } from './ignored-write/rule';
import { missingPrefetch } from './missing-prefetch/rule';
import { unboundedQueue } from './unbounded-queue/rule';
import { unboundedSpawn } from './unbounded-spawn/rule';
import { unthrottledProducer } from './unthrottled-producer/rule';

export const jsRules = [
  asyncListener,
  ignoredWrite,
  missingPrefetch,
  unboundedQueue,
  unboundedSpawn,
  unthrottledProducer,
] as const;
