import { missingPrefetch } from './missing-prefetch/rule';
import { unboundedFanout } from './unbounded-fanout/rule';
import { unboundedQueue } from './unbounded-queue/rule';
import { unboundedSpawn } from './unbounded-spawn/rule';
import { unthrottledProducer } from './unthrottled-producer/rule';

export const pyRules = [missingPrefetch, unboundedFanout, unboundedQueue, unboundedSpawn, unthrottledProducer] as const;
