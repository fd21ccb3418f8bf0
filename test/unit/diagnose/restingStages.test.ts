import { describe, expect, it } from 'vitest';
import { analysis, analyze } from '../../../src/diagnose/analyze';
import { none, unknown } from '../../../src/model/figure';
import { defaultObjectives, type QueueRef } from '../../../src/model/pipeline';
import { finished } from '../../../src/model/steps';
import { stepReading } from '../../../src/model/sweep';
import { analyzed } from '../../harness/analyzed';
import { broker, flow, pipelineOf, ref, stage, watched, type QueueOverTime } from '../../harness/observations';

const input = (destination: string, more: Partial<Parameters<typeof flow>[0]> = {}) =>
  flow({ destination, group: 'w', ...more });
const uncounted = { produced: null, consumed: null, missing: { consumed: unknown('not counted here') } };

describe('a stage that is no bottleneck', () => {
  const stateOf = (queues: QueueOverTime[], inputs: string[], outputs: QueueRef[] = []) =>
    analyzed(
      queues,
      pipelineOf(
        stage(
          'w',
          inputs.map((name) => ref(`${name}/w`)),
          outputs,
        ),
      ),
    ).stages[0]!.state;
  const stale: QueueOverTime = (seconds) => (seconds < 30 ? input('old', { arrives: 5 })(seconds) : null);

  it('is unknown where none of its inputs could be read just now', () => {
    expect(stateOf([], ['a'])).toBe('unknown');
    expect(stateOf([stale], ['a', 'old'])).toBe('unknown');
  });

  it('is busy by what one input tells, though another could not be read', () => {
    expect(stateOf([input('b', { arrives: 5 })], ['a', 'b'])).toBe('busy');
    expect(stateOf([input('b', { waits: 5, finishes: 0, reading: uncounted })], ['a', 'b'])).toBe('busy');
    expect(stateOf([input('b')], ['a', 'b'])).toBe('idle');
  });

  it('is busy while messages move through it, else idle', () => {
    expect(stateOf([input('a', { arrives: 5 })], ['a'])).toBe('busy');
    expect(stateOf([input('a')], ['a'])).toBe('idle');
  });

  it('is known by what it puts out where nobody counts what it takes', () => {
    const blind = input('a', { reading: uncounted });
    const out = (arrives: number) => flow({ destination: 'out', group: 'x', arrives });
    expect(stateOf([blind, out(5)], ['a'], [ref('out/x')])).toBe('busy');
    expect(stateOf([blind, out(0)], ['a'], [ref('out/x')])).toBe('idle');
    expect(stateOf([out(5)], [], [ref('out/x')])).toBe('busy');
  });

  it('is unknown as a source of which nothing is told', () => {
    expect(stateOf([], [])).toBe('unknown');
    expect(stateOf([], [], [ref('out/x')])).toBe('unknown');
  });
});

describe('a stage behind one that is held up', () => {
  /** The state of `w` behind a stage that finishes 10/s of 50/s. */
  const behindSlow = (inputs: QueueOverTime[], finishes = 10) => {
    const slow = flow({ destination: 'a', group: 'slow', arrives: 50, finishes });
    const names = inputs.map((queue) => ref(`${queue(0)!.destination}/w`));
    const pipeline = pipelineOf(stage('slow', [ref('a/slow')], [ref('b')]), stage('w', names, []));
    return analyzed([slow, ...inputs], pipeline).stages[1]!.state;
  };

  it('is starved where less than a second of arrivals is left, which waits for the next commit', () => {
    expect(behindSlow([input('b', { arrives: 10 })])).toBe('starved');
    expect(behindSlow([input('b', { arrives: 10, waits: 9 })])).toBe('starved');
    expect(behindSlow([input('b', { arrives: 10, waits: 15 })])).toBe('busy');
  });

  it('is starved, not idle, where nothing reaches it at all', () => {
    expect(behindSlow([input('b')], 0)).toBe('starved');
  });

  it('is not starved while another of its inputs has work for it', () => {
    expect(behindSlow([input('b', { arrives: 10 }), input('c', { arrives: 10, waits: 15 })])).toBe('busy');
  });

  it('is not called starved where its backlog cannot be counted', () => {
    const reading = { backlog: null, waiting: null, consumed: null, missing: { backlog: none('never committed') } };
    expect(behindSlow([input('b', { arrives: 10, reading })])).not.toBe('starved');
  });

  it('is starved by a stage that a broker keeps waiting too', () => {
    const place = { broker: 'far', namespace: null, destination: 'out', group: 'x' };
    const far = { ...ref('out/x'), ...place, id: 'far/out/x' };
    const pipeline = pipelineOf(stage('held', [ref('a/held')], [far, ref('b')]), stage('w', [ref('b/w')], []));
    const report = analyzed(
      [
        flow({ destination: 'a', group: 'held', arrives: 5, waits: 500 }),
        flow({ destination: 'out', group: 'x', reading: { broker: 'far', id: far.id } }),
        input('b', { arrives: 5 }),
      ],
      pipeline,
      { brokers: [broker('main'), broker('far', { alarms: ['disk'] })] },
    );
    expect(report.stages.map(({ state }) => state)).toEqual(['blocked', 'starved']);
  });
});

describe('a report', () => {
  const observation = watched([input('a', { arrives: 5 })]);
  const options = { objectives: defaultObjectives, now: observation.to };
  const latest = stepReading.parse({ step: 'parse', sendSeconds: 0, sendCount: 0 });
  const steps = [{ first: latest, latest, seconds: 60 }];

  it('says over how many seconds and samples it looked', () => {
    expect(analyzed([input('a', { arrives: 5 })]).window).toMatchObject({ seconds: 60, samples: 41 });
  });

  it('has the steps of programs that report some, and none where nobody looked for any', () => {
    expect(analyze({ ...observation, steps }, null, options).steps.map(({ step }) => step)).toEqual(['parse']);
    expect(analyze({ ...observation, steps: undefined }, null, options).steps).toEqual([]);
  });

  it('is the same when it is made in small steps', () => {
    expect(finished(analysis(observation, null, options))).toEqual(analyze(observation, null, options));
    expect(finished(analysis(observation, null, options)).timeline).toEqual([]);
  });

  it('calls a stage a bottleneck that has messages waiting and nobody to work on them', () => {
    const { bottlenecks } = analyzed([input('a', { waits: 9, finishes: 0, consumers: 0 })]);
    expect(bottlenecks).toMatchObject([{ stage: 'w', queue: 'main/a/w', cause: { kind: 'no-consumer' } }]);
  });
});
