import { missingPrefetch } from './missing-prefetch/rule';
import { unboundedFanout } from './unbounded-fanout/rule';
import { unboundedQueue } from './unbounded-queue/rule';
import { unboundedSpawn } from './unbounded-spawn/rule';

export const csharpRules = [missingPrefetch, unboundedFanout, unboundedQueue, unboundedSpawn] as const;
