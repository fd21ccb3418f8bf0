import { missingPrefetch } from './missing-prefetch/rule';
import { unboundedExecutor } from './unbounded-executor/rule';
import { unboundedQueue } from './unbounded-queue/rule';
import { unboundedSpawn } from './unbounded-spawn/rule';
import { unthrottledProducer } from './unthrottled-producer/rule';

export const javaRules = [
  missingPrefetch,
  unboundedExecutor,
  unboundedQueue,
  unboundedSpawn,
  unthrottledProducer,
] as const;
