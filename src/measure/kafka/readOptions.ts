import type { QueueName } from '../../model/identity';
import type { CleanupPolicies } from './cleanup';
import type { KnownGroups } from './knownGroups';
import type { NameFilter } from './nameFilter';

/** What of a cluster is read, and what is known of it. */
export interface ReadOptions {
  wanted: readonly QueueName[] | null;
  /** What is chosen where nothing is wanted by name. */
  filters: { topics: NameFilter | null; groups: NameFilter | null };
  /** From past sweeps; brought up to date. */
  known: { groups: KnownGroups; cleanup: CleanupPolicies };
  /** Milliseconds since the epoch, by the sampler's clock. */
  now: () => number;
}
