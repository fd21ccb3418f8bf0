import { analyze } from '../../src/diagnose/analyze';
import { sweepsOf } from '../../src/measure/demo/index';
import { pipelineOf } from '../../src/measure/demo/pipeline';
import type { Scenario } from '../../src/measure/demo/scenario';
import { Simulator } from '../../src/measure/demo/simulator';
import type { Objectives, Pipeline } from '../../src/model/pipeline';
import type { Report } from '../../src/model/report';
import { observe } from '../../src/model/series';
import { sweep as sweepSchema } from '../../src/model/sweep';

/** Any moment will do; a demo's clock is told. */
export const opening = Date.UTC(2026, 0, 1);

/** What a pipeline is diagnosed from: swept for a window as a broker would be, written out and read back. */
export interface Played {
  report: Report;
  pipeline: Pipeline;
  simulator: Simulator;
}

export interface Playing {
  /** Of the window, seconds; it ends this long after the simulation's opening. */
  window?: number;
  /** Seconds simulated before the opening. */
  warmUp?: number;
  objectives?: Partial<Objectives>;
  /** Goes on from here instead of from the beginning. */
  simulator?: Simulator;
}

/** Plays a scenario and diagnoses it through what a recording would hold. */
export function play(scenario: Scenario, { window = 60, warmUp = 600, objectives, simulator }: Playing = {}): Played {
  const going = simulator ?? new Simulator(scenario, opening, warmUp * 1000);
  const untilMs = Math.max(going.now, opening) + window * 1000;
  const stepSeconds = window / 40;
  const recorded = JSON.stringify(sweepsOf(going, 'demo:', { untilMs, seconds: window, stepSeconds }));
  const sweeps = sweepSchema.array().parse(JSON.parse(recorded));
  const pipeline = pipelineOf(going.scenario, 'demo:');
  const asked = { ...pipeline.objectives, ...objectives };
  const report = analyze(observe(sweeps), pipeline, { objectives: asked, now: untilMs });
  return { report, pipeline, simulator: going };
}
