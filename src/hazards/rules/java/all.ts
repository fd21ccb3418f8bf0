import { ignoredWrite } from './ignored-write/rule';
import { ignoresDisconnect } from './ignores-disconnect/rule';
import { missingPrefetch } from './missing-prefetch/rule';
import { overlappingTimer } from './overlapping-timer/rule';
import { silentDrop } from './silent-drop/rule';
import { unboundedAccumulation } from './unbounded-accumulation/rule';
import { unboundedBuffer } from './unbounded-buffer/rule';
import { unboundedExecutor } from './unbounded-executor/rule';
import { unboundedQueue } from './unbounded-queue/rule';
import { unboundedRead } from './unbounded-read/rule';
import { unboundedSpawn } from './unbounded-spawn/rule';
import { unthrottledProducer } from './unthrottled-producer/rule';

export const javaRules = [
  ignoredWrite,
  ignoresDisconnect,
  missingPrefetch,
  overlappingTimer,
  silentDrop,
  unboundedAccumulation,
  unboundedBuffer,
  unboundedExecutor,
  unboundedQueue,
  unboundedRead,
  unboundedSpawn,
  unthrottledProducer,
] as const;
