import { describe, expect, it } from 'vitest';
import { scenarioNamed } from '../../src/measure/demo/scenarios';
import { scenariosOfCauses } from '../../src/measure/demo/scenariosOfCauses';
import type { AdviceKind, CauseKind } from '../../src/model/report';
import { play } from '../harness/played';

/** What a pipeline that really behaves so is said to suffer from, on what evidence, and what to do first. */
const expected: Record<string, [cause: CauseKind, evidence: RegExp, advice: AdviceKind, runnersUp: CauseKind[]]> = {
  'cpu-bound': [
    'cpu-bound',
    /^CPU is at 97 % of its limit while [\d,. kM]+ wait\.$/,
    'scale-out',
    ['too-few-consumers'],
  ],
  'memory-bound': ['memory-bound', /^Memory is at 96 %/, 'bounded-buffer', ['cpu-bound', 'too-few-consumers']],
  'downstream-wait': [
    'downstream-wait',
    /^CPU is at 12 % of its limit though/,
    'fix-downstream',
    ['too-few-consumers'],
  ],
  'network-bound': ['downstream-wait', /^Its network is at 97 %/, 'fix-downstream', ['too-few-consumers']],
  'rebalance-loop': ['rebalance-loop', /^\d rebalances in 1 m\.$/, 'restart-consumer', ['too-few-consumers']],
  'redelivery-loop': [
    'redelivery-loop',
    /deliveries in 1 m were repeated \(60 %\)/,
    'dead-letter',
    ['too-few-consumers'],
  ],
  'prefetch-too-small': [
    'prefetch-too-small',
    /^Prefetch is 1; 3[678]\/s for each of 10/,
    'set-prefetch',
    ['too-few-consumers'],
  ],
  'prefetch-too-large': ['prefetch-too-large', /while 9 others have none\.$/, 'set-prefetch', ['too-few-consumers']],
  'publisher-burst': [
    'publisher-burst',
    /^1,0\d\d\/s arrived in the last 30 s/,
    'limit-producer',
    ['too-few-consumers'],
  ],
  'broker-flow-control': [
    'broker-flow-control',
    /keeps api, order-validator, payment-processor waiting/,
    'free-broker',
    [],
  ],
  'hot-partition': ['hot-partition', /^Partition 0 holds/, 'rekey', ['partition-limited', 'too-few-consumers']],
  'partition-limited': ['partition-limited', /^6 consumers for 4 partitions/, 'add-partitions', ['too-few-consumers']],
  'stuck-consumer': ['stuck-consumer', /^0 messages were finished in 1 m by 10/, 'restart-consumer', []],
  'no-consumer': ['no-consumer', /^0 consumers; the broker calls it Empty\.$/, 'start-consumer', []],
  bottleneck: ['too-few-consumers', /^1,05\d\/s arrive, 30\d\/s are finished\.$/, 'scale-out', []],
  bounded: ['too-few-consumers', /^1,05\d\/s arrive, 30\d\/s are finished\.$/, 'scale-out', []],
};

describe('a simulated pipeline with one thing the matter', () => {
  it.each(Object.entries(expected))('%s is told by its cause', (name, [cause, evidence, advice, runnersUp]) => {
    const { report } = play(scenarioNamed(name));
    expect(report.bottlenecks).toHaveLength(1);
    const [found] = report.bottlenecks;
    expect(found!.cause.kind).toBe(cause);
    expect(found!.cause.evidence[0]).toMatch(evidence);
    expect(found!.recommendations[0]!.kind).toBe(advice);
    expect(found!.otherCauses.map(({ kind }) => kind)).toEqual(runnersUp);
    for (const other of found!.otherCauses) expect(other.evidence.join(' ')).toMatch(/\d/);
  });

  it('is there for every cause that the demo has a scenario for', () => {
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(Object.keys(scenariosOfCauses)));
  });
});

it('a full bounded queue names whoever reads it, and those before it wait for that stage', () => {
  const { report } = play(scenarioNamed('bounded'));
  expect(report.stages.map(({ name, state, waitsFor }) => [name, state, waitsFor])).toEqual([
    ['api', 'busy', null],
    ['order-validator', 'blocked', 'payment-processor'],
    ['payment-processor', 'bottleneck', null],
    ['notification-sender', 'starved', null],
  ]);
  expect(report.bottlenecks[0]!.deficit).toBeGreaterThan(700);
  expect(report.notes.map(({ code }) => code)).toContain('blocked-chain');
});

it('says what partitions that do not share out evenly among the advised instances do to some of them', () => {
  const even = scenarioNamed('bottleneck');
  const [orders, payments, results] = even.hops;
  const uneven = {
    ...even,
    hops: [orders!, { ...payments!, partitions: Array.from({ length: 13 }, () => 1) }, results!],
  };
  const whyOf = (scenario: typeof even) => play(scenario).report.bottlenecks[0]!.recommendations[0]!.why;
  // Of 1,052/s over 13 partitions two make 162/s, where one instance does 150/s.
  expect(whyOf(uneven)).toMatch(
    / 13 partitions do not share out evenly: who reads 2 of them will get more than they can do\.$/,
  );
  expect(whyOf(even)).not.toContain('evenly');
});
