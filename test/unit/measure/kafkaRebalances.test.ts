import { describe, expect, it } from 'vitest';
import { emptyGroup } from '../../../src/measure/kafka/readGroups';
import { Rebalances } from '../../../src/measure/kafka/rebalances';
import type { GroupState } from '../../../src/measure/kafka/state';

const group = (state: string, members: string[], rest: Partial<GroupState> = {}): GroupState => ({
  ...emptyGroup({ group: 'g', state, type: 'classic' }),
  members: members.map((id, i) => ({
    ...{ id, client: 'app', host: '/h', subscribed: ['t'] },
    assigned: state === 'Stable' ? [{ topic: 't', partitions: [i] }] : [],
  })),
  ...rest,
});
/** The counter after each of these sweeps. */
function counted(...sweeps: GroupState[]): (number | null)[] {
  const rebalances = new Rebalances();
  return sweeps.map((seen) => {
    rebalances.add([seen]);
    return rebalances.of(seen).value;
  });
}

describe('rebalances of a classic group', () => {
  it('count once each, whether seen while they happen or only by what they changed', () => {
    const [one, two] = [group('Stable', ['a']), group('Stable', ['a', 'b'])];
    expect(counted(one, one, two, two)).toEqual([0, 0, 1, 1]);
    const moving = [group('PreparingRebalance', ['a']), group('CompletingRebalance', ['a', 'b'])];
    expect(counted(one, ...moving, two, two, one)).toEqual([0, 1, 1, 1, 1, 2]);
    expect(counted(one, group('Empty', []), one)).toEqual([0, 1, 2]);
  });

  it('are at least so many, and said to be', () => {
    const rebalances = new Rebalances();
    const seen = group('Stable', ['a']);
    rebalances.add([seen]);
    expect(rebalances.of(seen)).toEqual({ value: 0, approximate: expect.stringMatching(/^at least/) as string });
  });

  it('stay what they were while its members cannot be read, and are unknown before', () => {
    const unread = group('Stable', [], { members: null, membersProblem: 'denied' });
    const [one, two] = [group('Stable', ['a']), group('Stable', ['a', 'b'])];
    expect(counted(unread, one, two, unread, two)).toEqual([null, 0, 1, 1, 1]);
  });
});

describe('rebalances of a group of the consumer protocol', () => {
  it('are its epoch, also when it was not looked at in between', () => {
    const at = (epoch: number | null) => group(epoch === null ? 'Empty' : 'Stable', [], { type: 'consumer', epoch });
    expect(counted(at(3), at(3), at(9), at(null), at(11))).toEqual([3, 3, 9, 9, 11]);
    expect(counted(at(null), at(1))).toEqual([null, 1]);
  });
});
