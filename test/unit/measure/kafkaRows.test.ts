import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofCompacted } from '../../../src/measure/kafka/compacted';
import { RowCounters } from '../../../src/measure/kafka/counters';
import { LogEnds } from '../../../src/measure/kafka/logEnds';
import { Rebalances } from '../../../src/measure/kafka/rebalances';
import type { Past } from '../../../src/measure/kafka/groupRow';
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
  type: 'classic',
  epoch: null,
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
const state = (topics: Record<string, PartitionState[]>, groups: GroupState[], id = 'first'): ClusterState => ({
  topics: new Map(Object.entries(topics).map(([name, partitions]) => [name, { id, problem: null, partitions }])),
  leftOut: new Set(['__consumer_offsets']),
  groups,
  endsReadAt: 0,
  unseenGroups: null,
});
const nothing = (): Past => ({ ends: new LogEnds(), counters: new RowCounters(), rebalances: new Rebalances() });
const rows = (of: ClusterState, wanted: Parameters<typeof rowsOf>[2] = null, past = nothing()) => [
  ...rowsOf('main', of, wanted, past),
];

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

  it('let a partition that gets its first commit join without a burst of arrivals', () => {
    const past = nothing();
    const sweep = (ends: number[], commits: (number | null)[]) => {
      const edges = ends.map((end): [number, number] => [0, end]);
      const [row] = rows(state({ t: log(...edges) }, [group('g', { t: commits })]), null, past);
      expect((row?.produced ?? NaN) - (row?.consumed ?? NaN)).toBe(row?.backlog);
      return row;
    };
    expect(sweep([100, 5000], [90, null])).toMatchObject({ produced: 100, consumed: 90, backlog: 10 });
    const joined = sweep([110, 5100], [100, 4000]);
    expect(joined).toMatchObject({ produced: 110, consumed: -1000, backlog: 1110 });
    expect(joined?.approximate.departureRate).toContain('just begun on partition 1');
    const after = sweep([120, 5150], [110, 4500]);
    expect(after).toMatchObject({ produced: 170, consumed: -490, backlog: 660 });
    expect(after?.approximate).toEqual({});
  });

  it('count a partition that is read to its end when it joins without any break', () => {
    const past = nothing();
    const sweep = (end: number, commit: number | null) =>
      rows(state({ t: log([0, 10], [0, end]) }, [group('g', { t: [10, commit] })]), null, past)[0];
    expect(sweep(700, null)).toMatchObject({ produced: 10, consumed: 10 });
    expect(sweep(701, 701)).toMatchObject({ produced: 10, consumed: 10, approximate: {} });
    expect(sweep(709, 705)).toMatchObject({ produced: 18, consumed: 14 });
  });

  it('begin to count anew when a topic was made again, also one with more records than before', () => {
    const past = nothing();
    const sweep = (topicId: string, end: number, commit: number) =>
      rows(state({ t: log([0, end]), alone: log([0, end]) }, [group('g', { t: [commit] })], topicId), null, past);
    expect(sweep('first', 10, 4)).toMatchObject([{ produced: 10, consumed: 4, backlog: 6 }, { produced: 10 }]);
    expect(sweep('second', 900, 100)).toMatchObject([{ produced: 0, consumed: -800, backlog: 800 }, { produced: 0 }]);
    expect(sweep('second', 950, 300)).toMatchObject([{ produced: 50, consumed: -600, backlog: 650 }, { produced: 50 }]);
  });

  it('tell the age of the oldest record that any partition holds back', async () => {
    const past = nothing();
    const read = async (at: number, ends: number[], commits: (number | null)[]) => {
      const edges = ends.map((end): [number, number] => [0, end]);
      const seen = { ...state({ t: log(...edges) }, [group('g', { t: commits })]), endsReadAt: at };
      await past.ends.add(at, seen.topics);
      return rows(seen, null, past)[0];
    };
    const first = await read(0, [10, 10, 10], [10, 4, null]);
    expect(first?.ageSeconds).toBeNull();
    expect(first?.missing.ageSeconds?.kind).toBe('unknown');
    const second = await read(10_000, [20, 20, 20], [10, 9, null]);
    expect(second?.ageSeconds).toBe(10);
    expect(second?.approximate.ageSeconds).toContain('at least');
    const third = await read(20_000, [20, 20, 20], [10, 14, null]);
    expect(third).toMatchObject({ ageSeconds: 19 });
    expect(third?.missing.ageSeconds).toBeUndefined();
    expect(third?.approximate.ageSeconds).toBeUndefined();
    const last = await read(30_000, [20, 20, 20], [20, 20, null]);
    expect(last?.missing.ageSeconds).toEqual({ kind: 'none', reason: 'nothing waits' });
  });

  it('say of a compacted topic that offsets are more than messages, unless nothing waits', () => {
    const compacted = (commit: number | null, end = 9) =>
      rows(state({ t: log([0, end], [0, end]) }, [group('g', { t: [commit, commit ?? 0] })])).map(ofCompacted)[0];
    const note = 'compacted topic: offsets are more than messages';
    expect(compacted(4)?.approximate).toEqual({ backlog: note, waiting: note, retained: note });
    expect(compacted(9)?.approximate).toEqual({ retained: note });
    expect(compacted(0, 0)?.approximate).toEqual({});
    const left = '1 of 2 partitions left out: no offset committed there yet';
    expect(compacted(null)?.approximate).toMatchObject({ lost: left, backlog: `${left}; ${note}`, retained: note });
  });
});
