import { missingGaugeRule } from './missing-gauge/rule';
import { noDeadLetterRule } from './no-dead-letter/rule';
import { hardcodedPoolRule } from './hardcoded-pool/rule';
import { ignoredWrite } from './ignored-write/rule';
import { ignoresDisconnect } from './ignores-disconnect/rule';
import { misplacedLimiter } from './misplaced-limiter/rule';
import { missingPrefetch } from './missing-prefetch/rule';
import { silentDrop } from './silent-drop/rule';
import { unboundedAccumulation } from './unbounded-accumulation/rule';
import { unboundedExecutor } from './unbounded-executor/rule';
import { unboundedFanout } from './unbounded-fanout/rule';
import { unboundedQueue } from './unbounded-queue/rule';
import { unboundedRead } from './unbounded-read/rule';
import { unboundedSpawn } from './unbounded-spawn/rule';
import { unthrottledProducer } from './unthrottled-producer/rule';

export const pyRules = [
  missingGaugeRule,
  noDeadLetterRule,
  hardcodedPoolRule,
  ignoredWrite,
  ignoresDisconnect,
  misplacedLimiter,
  missingPrefetch,
  silentDrop,
  unboundedAccumulation,
  unboundedExecutor,
  unboundedFanout,
  unboundedQueue,
  unboundedRead,
  unboundedSpawn,
  unthrottledProducer,
] as const;
