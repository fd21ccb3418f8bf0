import { describe, expect, it } from 'vitest';
import { fluid } from '../../harness/fluid';
import { play } from '../../harness/played';
import { randomPipeline, shapeNames } from '../../harness/randomPipelines';

const pipelines = 230;

/** A pipeline as diagnosed, beside what is true of it by how it was made. */
const diagnosed = Array.from({ length: pipelines }, (_, seed) => {
  const { shape, scenario } = randomPipeline(seed);
  const { report } = play(scenario, { warmUp: 60 });
  const { short } = fluid(scenario);
  const named = new Map(report.bottlenecks.map(({ stage, broker, deficit }) => [stage ?? broker ?? '', deficit]));
  const isRight = named.size === short.size && [...named.keys()].every((stage) => short.has(stage));
  return { seed, shape, report, short, named, isRight };
});
const shownMap = (map: ReadonlyMap<string, number>) =>
  [...map].map(([stage, deficit]) => `${stage} ${deficit.toFixed(0)}`).join(', ');

describe(`${pipelines} random pipelines, simulated and diagnosed as brokers are`, () => {
  it('are of every shape, and more than half of them are held up somewhere', () => {
    expect(new Set(diagnosed.map(({ shape }) => shape)).size).toBe(shapeNames.length);
    expect(diagnosed.filter(({ short }) => short.size > 0).length).toBeGreaterThan(pipelines / 2);
    expect(diagnosed.filter(({ short }) => short.size > 1).length).toBeGreaterThan(pipelines / 10);
  });

  it('have exactly the right stages named as bottlenecks in at least 98 of 100', () => {
    const wrong = diagnosed.filter(({ isRight }) => !isRight);
    for (const { seed, shape, named, short } of wrong) {
      console.log(`seed ${seed} (${shape}): named ${shownMap(named)}; true ${shownMap(short)}`);
    }
    console.log(`${pipelines - wrong.length} of ${pipelines} pipelines have exactly the right bottlenecks.`);
    expect(wrong.length / pipelines).toBeLessThanOrEqual(0.02);
  });

  it('have every deficit within a tenth of the true one', () => {
    const off = diagnosed.flatMap(({ seed, shape, named, short }) =>
      [...short].flatMap(([stage, truth]) => {
        const told = named.get(stage);
        return told !== undefined && Math.abs(told - truth) > 0.1 * truth
          ? [`${seed} ${shape} ${stage}: ${told.toFixed(1)}, true ${truth.toFixed(1)}`]
          : [];
      }),
    );
    expect(off).toEqual([]);
  });

  it('have figures that add up, and a time to drain exactly where something drains', () => {
    for (const { report } of diagnosed) {
      for (const { growthRate, arrivalRate, departureRate, drainSeconds, backlog, trend } of report.queues) {
        expect(growthRate).toBe(arrivalRate! - departureRate!);
        expect(drainSeconds !== null).toBe(backlog === 0 || trend.state === 'draining');
      }
      for (const { deficit, inputRate, processingRate, drainSeconds } of report.bottlenecks) {
        expect(deficit).toBe(inputRate! - processingRate!);
        expect(drainSeconds).toBeNull();
      }
    }
  });

  it('say whom a passing burst comes from instead of blaming who gets it', () => {
    const bursts = diagnosed.filter(({ shape }) => shape === 'burst');
    expect(bursts).not.toEqual([]);
    for (const { report } of bursts) {
      expect(report.sentence).toMatch(
        /^No stage is too slow\. second gets more than usual while first works off [\d,.]+( [kM])? \(/,
      );
    }
  });
});
