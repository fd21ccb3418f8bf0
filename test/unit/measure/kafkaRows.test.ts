import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../src/measure/kafka/rows';
import type { ClusterState, GroupState, MemberState, PartitionState } from '../../../src/measure/kafka/state';

const log = (...edges: [start: number | null, end: number | null][]): PartitionState[] =>
  edges.map(([start, end], partition) => ({ partition, start, end, problem: end === null ? 'no leader' : null }));
const group = (
  name: string,
  commits: Record<string, (number | null)[]>,
  rest: Partial<GroupState> = {},
): GroupState => ({
  name,
  state: 'Empty',
  problem: null,
  committed: new Map(
    Object.entries(commits).map(([topic, offsets]) => [
      topic,
      new Map(offsets.flatMap((offset, partition) => (offset === null ? [] : [[partition, offset] as const]))),
    ]),
  ),
  commitProblems: new Map(),
  members: [],
  membersProblem: null,
  ...rest,
});
const member = (id: string, subscribed: string[] | null, assigned: MemberState['assigned']): MemberState => ({
  id,
  client: 'app',
  host: '/10.0.0.7',
  subscribed,
  assigned,
});
const state = (topics: Record<string, PartitionState[]>, groups: GroupState[]): ClusterState => ({
  topics: new Map(Object.entries(topics).map(([name, partitions]) => [name, { problem: null, partitions }])),
  internal: new Set(['__consumer_offsets']),
  groups,
  unseenGroups: null,
});
const rows = (of: ClusterState, wanted: Parameters<typeof rowsOf>[2] = null) => [...rowsOf('main', of, wanted)];

describe('rows of a Kafka cluster', () => {
  it('keep produced − consumed = backlog, and backlog the sum of the partitions, whatever the offsets', () => {
    const offset = fc.nat({ max: 1_000_000 });
    const partition = fc.record({ start: offset, more: offset, committed: fc.option(offset) });
    fc.assert(
      fc.property(fc.array(partition, { minLength: 1, maxLength: 20 }), (partitions) => {
        const edges = partitions.map(({ start, more }) => [start, start + more] as [number, number]);
        const commits = partitions.map(({ committed }) => committed);
        const [row] = rows(state({ t: log(...edges) }, [group('g', { t: commits })]));
        if (commits.every((committed) => committed === null)) {
          expect(row?.backlog).toBeNull();
          expect(row?.missing.backlog?.kind).toBe('none');
          return;
        }
        expect(row?.backlog).toBeGreaterThanOrEqual(0);
        expect((row?.produced ?? NaN) - (row?.consumed ?? NaN)).toBe(row?.backlog);
        expect(row?.partitions?.reduce((total, { backlog }) => total + (backlog ?? 0), 0)).toBe(row?.backlog);
      }),
    );
  });

  it('leave a commit beyond the log end at 0 and say so', () => {
    const [row] = rows(state({ t: log([0, 2]) }, [group('g', { t: [7] })]));
    expect(row).toMatchObject({ backlog: 0, produced: 2, consumed: 2 });
    expect(row?.approximate.backlog).toContain('beyond the log end on partition 0');
  });

  it('know nothing of a group on a topic of which a partition could not be read', () => {
    const [row] = rows(state({ t: log([0, 5], [null, null], [null, null]) }, [group('g', { t: [1, 1, 1] })]));
    const reason = 'partition 1 (and 1 more of 3): no leader';
    for (const figure of ['backlog', 'waiting', 'produced', 'consumed', 'retained', 'lost']) {
      expect(row?.missing[figure]).toEqual({ kind: 'unknown', reason });
    }
    expect(row?.partitions?.map(({ backlog }) => backlog)).toEqual([4, null, null]);
  });

  it('count the members that read the topic, those without a partition too, and no others', () => {
    const members = [
      member('busy', ['t'], [{ topic: 't', partitions: [0] }]),
      member('idle', ['t'], []),
      member('elsewhere', ['u'], [{ topic: 'u', partitions: [0] }]),
    ];
    const [onT, onU] = rows(state({ t: log([0, 1]), u: log([0, 1]) }, [group('g', { t: [0], u: [0] }, { members })]));
    expect(onT).toMatchObject({ consumers: 2, approximate: {} });
    expect(onT?.members?.map(({ id, host }) => [id, host])).toEqual([
      ['busy', '10.0.0.7'],
      ['idle', '10.0.0.7'],
    ]);
    expect(onT?.partitions?.[0]?.consumer).toBe('busy');
    expect(onU?.consumers).toBe(1);
  });

  it('count all members while a group rebalances, and say that they do', () => {
    const members = [member('a', null, []), member('b', null, [])];
    const [row] = rows(state({ t: log([0, 1]) }, [group('g', { t: [0] }, { members })]));
    expect(row?.consumers).toBe(2);
    expect(row?.approximate.consumers).toContain('all are counted');
  });

  it('do not claim that nobody reads a topic while some groups could not be seen', () => {
    const seen = state({ t: log([2, 5]) }, []);
    expect(rows(seen)[0]).toMatchObject({ id: 'main/t', produced: 5, retained: 3 });
    expect(rows(seen)[0]?.missing.backlog?.kind).toBe('none');
    const [row] = rows({ ...seen, unseenGroups: 'broker 2 did not answer' });
    expect(row?.missing.backlog).toEqual({ kind: 'unknown', reason: 'broker 2 did not answer' });
  });

  it('leave internal topics out and encode names into the id', () => {
    const odd = 'a/b~"><img>';
    const all = rows(state({ [odd]: log([0, 1]) }, [group('g g', { [odd]: [0], __consumer_offsets: [3] })]));
    expect(all.map(({ id }) => id)).toEqual(['main/a%2Fb%7E%22%3E%3Cimg%3E/g%20g']);
  });

  it('hold a row for a group of which nothing else is known than that it is denied', () => {
    const denied = group('secret', {}, { problem: 'denied', members: null, membersProblem: 'denied' });
    expect(rows(state({}, [denied])).map(({ id }) => id)).toEqual(['main/*/secret']);
    const wanted = [{ destination: 't', group: 'secret' }];
    const [row] = rows(state({ t: log([0, 4]) }, [denied]), wanted);
    expect(row).toMatchObject({ id: 'main/t/secret', backlog: null, produced: 4, consumers: null });
    expect(row?.missing.backlog).toEqual({ kind: 'unknown', reason: 'denied' });
  });
});
