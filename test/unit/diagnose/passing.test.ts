import { describe, expect, it } from 'vitest';
import { passingBurst } from '../../../src/diagnose/passing';
import type { Pipeline } from '../../../src/model/pipeline';
import { stageReading } from '../../../src/model/sweep';
import { analyzed } from '../../harness/analyzed';
import { caseOf } from '../../harness/caseOf';
import { flow, pipelineOf, ref, stage, type QueueOverTime } from '../../harness/observations';

/** Who is to blame, and what is told of bursts that pass. */
const told = (pipeline: Pipeline, ...queues: QueueOverTime[]) => {
  const { bottlenecks, notes } = analyzed(queues, pipeline);
  return {
    blamed: bottlenecks.map((bottleneck) => bottleneck.stage),
    bursts: notes.filter(({ code }) => code === 'burst-passes').map(({ text }) => text),
  };
};
/** Gets so much, finishes 100/s and has something left after the minute. */
const first = (arrives: number) => flow({ destination: 'a', group: 'first', arrives, finishes: 100, waits: 10_000 });
const second = (arrives: number, finishes: number) => flow({ destination: 'b', group: 'second', arrives, finishes });
const line = pipelineOf(stage('first', [ref('a/first')], [ref('b')]), stage('second', [ref('b/second')], []));
const passes = (...given: Parameters<typeof told>) => {
  const { blamed, bursts } = told(...given);
  return blamed.length === 0 && bursts.length === 1;
};

describe('a queue that grows while the stage before it works off a backlog', () => {
  it('is no fault where its reader does more than what will arrive, by 5 %: 50/s of 53/s but not of 52/s', () => {
    expect(passes(line, first(50), second(100, 53))).toBe(true);
    expect(passes(line, first(50), second(100, 52))).toBe(false);
    expect(told(line, first(50), second(100, 52)).blamed).toEqual(['second']);
  });

  it('will get its share of what ends: half of 50/s where half of 100/s arrive', () => {
    const { blamed, bursts } = told(line, first(50), second(50, 30));
    expect(blamed).toEqual([]);
    expect(bursts).toEqual([
      'second gets more than usual while first works off 7,000 (2 m 20 s more): 25/s will arrive then, and 30/s are finished.',
    ]);
  });

  it('will get all of what ends and no more where it gets twice what is finished: 200 − 50/s', () => {
    expect(told(line, first(50), second(200, 160)).bursts[0]).toContain(': 150/s will arrive then');
  });

  it('is told with the stage that works off something, not with one that only goes on', () => {
    const steady = flow({ destination: 'c', group: 'other', arrives: 20 });
    const both = pipelineOf(...line.stages, stage('other', [ref('c/other')], [ref('b')]));
    // 120/s arrive, of which 50/s come from the backlog.
    expect(told(both, first(50), steady, second(120, 90)).bursts).toEqual([
      'second gets more than usual while first works off 7,000 (2 m 20 s more): 70/s will arrive then, and 90/s are finished.',
    ]);
  });

  it('is told with a stage whose other input does not drain', () => {
    const steady = flow({ destination: 'c', group: 'first', arrives: 20 });
    const both = pipelineOf(stage('first', [ref('a/first'), ref('c/first')], [ref('b')]), ...line.stages.slice(1));
    expect(told(both, first(50), steady, second(120, 90)).bursts[0]).toMatch(
      /while first works off 7,000 .* 70\/s will/,
    );
  });

  it('is told with the stage at the head, once, where what it works off comes by two ways', () => {
    const middle = (destination: string) => flow({ destination, group: destination, arrives: 100 });
    const ways = pipelineOf(
      stage('first', [ref('a/first')], [ref('l'), ref('r')]),
      ...['l', 'r'].map((side) => stage(side, [ref(`${side}/${side}`)], [ref('b')])),
      ...line.stages.slice(1),
    );
    // Each way will get 50/s less.
    expect(told(ways, first(50), middle('l'), middle('r'), second(200, 150)).bursts).toEqual([
      'second gets more than usual while first works off 7,000 (2 m 20 s more): 100/s will arrive then, and 150/s are finished.',
    ]);
  });

  it('is looked at once where messages go round', () => {
    const round = pipelineOf(line.stages[0]!, stage('second', [ref('b/second')], [ref('a')]));
    expect(passes(round, first(50), second(100, 70))).toBe(true);
  });

  it('is a fault where nothing is worked off', () => {
    const steady = flow({ destination: 'a', group: 'first', arrives: 100 });
    expect(told(line, steady, second(100, 70))).toEqual({ blamed: ['second'], bursts: [] });
  });

  it('is a fault where it cannot be known whether it passes, for nobody counts what comes to the stage before', () => {
    const uncounted: QueueOverTime = (seconds) => ({ ...first(50)(seconds)!, produced: null });
    expect(told(line, uncounted, second(100, 70))).toEqual({ blamed: ['second'], bursts: [] });
  });

  it('is a fault where a source sends so much, which works off nothing', () => {
    const latest = stageReading.parse({ name: 'api', processedRate: 100 });
    const source = pipelineOf(stage('api', [], [ref('b')]), ...line.stages.slice(1));
    const { bottlenecks } = analyzed([second(100, 70)], source, { stages: [{ first: latest, latest, seconds: 60 }] });
    expect(bottlenecks.map((bottleneck) => bottleneck.stage)).toEqual(['second']);
  });

  it('is nothing to tell of where its reader keeps up with the burst', () => {
    expect(told(line, first(50), second(100, 100))).toEqual({ blamed: [], bursts: [] });
  });

  it('is no burst because its reader seems to do more than arrives, where nothing is worked off', () => {
    const node = caseOf().trouble.queue!;
    const grows = { ...node, report: { ...node.report, arrivalRate: 100, departureRate: 110 } };
    expect(grows.report.trend.state).toBe('growing');
    expect(passingBurst(grows, () => caseOf().figures!)).toBeNull();
  });
});
