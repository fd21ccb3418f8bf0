import { none, unknown } from '../../model/figure';
import type { GroupState } from './state';
import type { Told } from '../told';

interface Seen {
  count: number;
  /** Told by the broker, not counted by us. */
  isExact: boolean;
  /** Members and their assignment when it was last at rest. */
  resting: string;
  isRebalancing: boolean;
}

const moving = new Set(['PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling']);
const sampled = 'at least: counted from what differs between two sweeps';

/**
 * How often each group was divided anew. A group of the consumer protocol (KIP-848), or a share group, tells its epoch; of a classic one no
 * request tells the generation, so that what can be seen is counted: it rebalances, or its members or their partitions are
 * others than at the sweep before.
 */
export class Rebalances {
  private readonly groups = new Map<string, Seen>();

  /** Takes in one sweep's groups and forgets all others. */
  add(groups: readonly GroupState[]): void {
    const listed = new Set(groups.map(({ name }) => name));
    for (const name of this.groups.keys()) if (!listed.has(name)) this.groups.delete(name);
    for (const group of groups) {
      if (group.members) this.groups.set(group.name, next(this.groups.get(group.name), group));
    }
  }

  /** The counter of a group, since its beginning where it tells that, else since it was first seen. */
  of({ name, problem, membersProblem, type }: GroupState): Told {
    const seen = this.groups.get(name);
    if (!seen) return { value: null, missing: unknown(membersProblem ?? problem ?? 'its members were not read') };
    if ((type === 'consumer' || type === 'share') && !seen.isExact)
      return { value: null, missing: none('it has had no members yet') };
    return { value: seen.count, approximate: seen.isExact ? undefined : sampled };
  }
}

function next(before: Seen | undefined, { epoch, members, state }: GroupState): Seen {
  const isRebalancing = moving.has(state ?? '');
  if (epoch !== null || before?.isExact) {
    return { count: epoch ?? before?.count ?? 0, isExact: true, resting: '', isRebalancing };
  }
  const now = signOf(members ?? []);
  if (!before) return { count: 0, isExact: false, resting: now, isRebalancing };
  const began = isRebalancing && !before.isRebalancing;
  const wasMissed = !isRebalancing && !before.isRebalancing && now !== before.resting;
  return { ...before, count: before.count + (began || wasMissed ? 1 : 0), resting: now, isRebalancing };
}

const signOf = (members: NonNullable<GroupState['members']>) =>
  members
    .map(
      ({ id, assigned }) => `${id} ${assigned.map(({ topic, partitions }) => `${topic}:${partitions.join()}`).join()}`,
    )
    .sort()
    .join('\n');
