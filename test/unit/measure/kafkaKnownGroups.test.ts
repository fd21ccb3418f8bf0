import { describe, expect, it } from 'vitest';
import { KnownGroups } from '../../../src/measure/kafka/knownGroups';
import { emptyGroup } from '../../../src/measure/kafka/readGroups';
import type { GroupState } from '../../../src/measure/kafka/state';

const group = (name: string, topics: string[], rest: Partial<GroupState> = {}): GroupState => ({
  ...emptyGroup({ group: name, state: 'Stable', type: 'classic' }),
  committed: new Map(topics.map((topic) => [topic, new Map([[0, 1]])])),
  ...rest,
});
const topicsOf = ({ committed }: GroupState) => [...committed.keys()];

describe('groups that were seen before', () => {
  it('stay listed with their topics and the reason while their coordinator does not answer', () => {
    const known = new KnownGroups();
    const members = [
      { id: 'm', client: 'c', host: 'h', subscribed: null, assigned: [{ topic: 'u', partitions: [0] }] },
    ];
    known.learn(1, group('here', ['t']));
    known.learn(2, group('away', ['t'], { members }));
    const [only, ...others] = known.missing(new Set(['here']), new Map([[1, null]]));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name: 'away', problem: 'its coordinator, broker 2, did not answer', members: null });
    expect(only && topicsOf(only)).toEqual(['t', 'u']);
    expect(only?.committed.get('t')?.size).toBe(0);
  });

  it('stay listed while the coordinator is loading them', () => {
    const known = new KnownGroups();
    known.learn(1, group('g', ['t']));
    const [only] = known.missing(new Set(), new Map([[1, 'still loading']]));
    expect(only?.problem).toBe('still loading');
  });

  it('are forgotten when their coordinator no longer has them', () => {
    const known = new KnownGroups();
    known.learn(1, group('g', ['t']));
    expect(known.missing(new Set(), new Map([[1, null]]))).toEqual([]);
    expect(known.missing(new Set(), new Map())).toEqual([]);
  });

  it('keep their last topics while they move to another coordinator', () => {
    const known = new KnownGroups();
    known.learn(1, group('g', ['t', 'u']));
    const moving = group('g', [], { problem: 'the group is moving' });
    known.learn(2, moving);
    expect(topicsOf(moving)).toEqual(['t', 'u']);
    known.learn(2, group('g', ['u']));
    expect(known.missing(new Set(), new Map([[1, null]])).map(topicsOf)).toEqual([['u']]);
  });
});
