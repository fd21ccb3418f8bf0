import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/diagnose/analyze';
import { defaultObjectives, type Pipeline } from '../../../src/model/pipeline';
import { withOwnFigures, type QueueSeries, type WholeObservation } from '../../../src/model/series';
import { flow, noisyFlow, pipelineOf, ref, stage, watched, type QueueOverTime } from '../../harness/observations';

/** Queues whose figures are lent: they are worthless once the next is asked for. */
function* lent(queues: readonly QueueSeries[]): Generator<QueueSeries, void> {
  for (const queue of queues) {
    const { backlog, produced, consumed, ...rest } = withOwnFigures(queue);
    const figures = [new Float64Array(backlog), new Float64Array(produced), new Float64Array(consumed)] as const;
    yield { ...rest, backlog: figures[0], produced: figures[1], consumed: figures[2] };
    for (const column of figures) column.fill(12_345);
  }
}

const analyzed = (observation: WholeObservation, queues: Iterable<QueueSeries>, pipeline: Pipeline | null) =>
  analyze({ ...observation, queues }, pipeline, { objectives: defaultObjectives, now: observation.to });

/** Some run empty, some grow, one stands still, one is full. */
const flows = Array.from({ length: 12 }, (_, seed): QueueOverTime => {
  const flown = noisyFlow({ seed, arrivalRate: 20, serviceRate: 14 + 2 * seed, seconds: 300, commitsEvery: 1 + seed });
  return (seconds) => {
    const row = flown(seconds);
    const name = { id: `main/q${seed}/w${seed}`, destination: `q${seed}`, group: `w${seed}` };
    return row && { ...row, ...name, capacity: seed % 3 === 0 ? 500 : null };
  };
});
const stuck = flow({ destination: 'still', group: 'sleeper', arrives: 50, finishes: 0, waits: 100, consumers: 2 });
const observation = watched([...flows, stuck], { seconds: 300, every: 5 });

describe('the report of queues whose figures are lent one after the other', () => {
  it('is that of queues who keep theirs, where each group is a stage', () => {
    const whole = analyzed(observation, observation.queues, null);
    expect(whole.bottlenecks.length).toBeGreaterThan(3);
    expect(whole.stages.some(({ serviceRate }) => serviceRate !== null)).toBe(true);
    expect(analyzed(observation, lent(observation.queues), null)).toEqual(whole);
  });

  it('is that of queues who keep theirs, where a file says who feeds whom', () => {
    const chain = flows.map((_, i) =>
      stage(`w${i}`, [ref(`q${i}/w${i}`)], i + 1 < flows.length ? [ref(`q${i + 1}`)] : []),
    );
    const pipeline = pipelineOf(...chain, stage('sleeper', [ref('still/sleeper')], []));
    const whole = analyzed(observation, observation.queues, pipeline);
    expect(whole.bottlenecks.length).toBeGreaterThan(1);
    expect(analyzed(observation, lent(observation.queues), pipeline)).toEqual(whole);
  });
});
