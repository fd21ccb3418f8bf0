import { describe, expect, it } from 'vitest';
import type { Pipeline } from '../../../src/model/pipeline';
import { analyzed } from '../../harness/analyzed';
import { broker, flow, pipelineOf, ref, stage } from '../../harness/observations';

describe('what is a bottleneck', () => {
  it('is never a draining backlog', () => {
    const report = analyzed([flow({ destination: 'a', arrives: 50, finishes: 90, waits: 90_000 })]);
    expect(report.bottlenecks).toEqual([]);
    expect(report.sentence).toBe('Nothing is backing up. a › worker drains: 87,600 wait, empty in 36 m 30 s.');
  });

  it('is both of two slow stages in a row, the worse first', () => {
    const first = flow({ destination: 'a', group: 'first', arrives: 100, finishes: 80 });
    const second = flow({ destination: 'b', group: 'second', arrives: 80, finishes: 20 });
    const pipeline = pipelineOf(stage('first', [ref('a/first')], [ref('b')]), stage('second', [ref('b/second')], []));
    expect(analyzed([first, second], pipeline).bottlenecks.map((one) => one.stage)).toEqual(['second', 'first']);
  });

  it('is the stage behind a full bounded queue, for which the one before is only blocked', () => {
    const first = flow({ destination: 'a', group: 'first', arrives: 100, finishes: 20 });
    const second = flow({ destination: 'b', group: 'second', arrives: 20, finishes: 20, waits: 1_000 });
    const pipeline = pipelineOf(
      stage('first', [ref('a/first')], [ref('b', 1_000)]),
      stage('second', [ref('b/second')], []),
    );
    const report = analyzed([first, second], pipeline);
    expect(report.stages[0]).toMatchObject({ state: 'blocked', waitsFor: 'second' });
    const [only, ...others] = report.bottlenecks;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ stage: 'second', queue: 'main/b/second' });
    expect([only!.inputRate, only!.processingRate, only!.deficit, only!.backlog].map(Math.round as never)).toEqual([
      100, 20, 80, 5_800,
    ]);
    expect(report.notes.map(({ code }) => code)).toContain('blocked-chain');
  });

  it('is found at the end of a chain of full queues', () => {
    const full = (destination: string, group: string) =>
      flow({ destination, group, arrives: 20, waits: 1_000, reading: { capacity: 1_000 } });
    const head = flow({ destination: 'a', group: 'one', arrives: 90, finishes: 20 });
    const pipeline = pipelineOf(
      stage('one', [ref('a/one')], [ref('b')]),
      stage('two', [ref('b/two')], [ref('c')]),
      stage('three', [ref('c/three')], []),
    );
    const report = analyzed([head, full('b', 'two'), full('c', 'three')], pipeline);
    expect(report.stages.map(({ state, waitsFor }) => [state, waitsFor])).toEqual([
      ['blocked', 'three'],
      ['blocked', 'three'],
      ['bottleneck', null],
    ]);
    expect(report.bottlenecks).toHaveLength(1);
    expect(report.bottlenecks[0]!.deficit).toBeCloseTo(70, 6);
  });

  it('ends in a cycle, as a retry topic makes one', () => {
    const pipeline = pipelineOf(stage('one', [ref('a/one')], [ref('b')]), stage('two', [ref('b/two')], [ref('a')]));
    const full = (destination: string, group: string) =>
      flow({ destination, group, arrives: 20, waits: 1_000, reading: { capacity: 1_000 } });
    expect(analyzed([full('a', 'one'), full('b', 'two')], pipeline).stages).toHaveLength(2);
  });

  it('is the broker when its alarm keeps producers waiting', () => {
    const brokers = [broker('main', { alarms: ['memory'], pressure: ['memory alarm on node a'] })];
    const report = analyzed(
      [flow({ destination: 'a', group: 'w', arrives: 5 })],
      pipelineOf(stage('source', [], [ref('a')])),
      { brokers },
    );
    expect(report.bottlenecks).toMatchObject([{ stage: null, broker: 'main', cause: { kind: 'broker-flow-control' } }]);
    expect(report.stages[0]).toMatchObject({ state: 'blocked', waitsFor: 'broker:main' });
  });

  it('counts two groups on a topic as two inputs, and adds up the inputs of a stage', () => {
    const one = flow({ destination: 'a', group: 'w', arrives: 100, finishes: 60 });
    const two = flow({ destination: 'b', group: 'w', arrives: 50, finishes: 30 });
    const [only] = analyzed([one, two]).bottlenecks;
    expect(only!.stage).toBe('w');
    expect(only!.inputRate).toBeCloseTo(150, 6);
    expect(only!.deficit).toBeCloseTo(60, 6);
    const shared = pipelineOf(
      stage('source', [], [ref('a')]),
      stage('w', [ref('a/w')], []),
      stage('x', [ref('a/x')], []),
    );
    const groups = [
      flow({ destination: 'a', group: 'w', arrives: 9 }),
      flow({ destination: 'a', group: 'x', arrives: 9 }),
    ];
    expect(analyzed(groups, shared).stages[0]!.produces).toEqual(['main/a/w', 'main/a/x']);
  });
});

describe('confidence', () => {
  const payments = flow({
    ...{ destination: 'validated', group: 'payments', arrives: 1050, finishes: 300, waits: 40_000, consumers: 2 },
  });
  const sure = (queue: typeof payments, pipeline: Pipeline | null) =>
    analyzed([queue], pipeline).bottlenecks[0]!.confidence;
  const named = pipelineOf(stage('payments', [ref('validated/payments')], []));

  it('is that of the trend where a file names the graph, and less where nothing does', () => {
    expect(sure(payments, named)).toBe(0.99);
    expect(sure(payments, null)).toBe(0.8);
  });

  it('falls with the share of sweeps in which the backlog could not be read', () => {
    const patchy: typeof payments = (seconds) => {
      const row = payments(seconds)!;
      return Math.floor(seconds / 1.5) % 2 === 0 ? row : { ...row, backlog: null, waiting: null };
    };
    expect(sure(patchy, named)).toBeCloseTo(21 / 41, 9);
  });
});
