import { missingPrefetch } from './missing-prefetch/rule';
import { unboundedSpawn } from './unbounded-spawn/rule';

export const goRules = [missingPrefetch, unboundedSpawn] as const;
