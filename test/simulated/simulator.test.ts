import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarioNamed, type Scenario } from '../../src/measure/demo/scenarios';
import { Simulator } from '../../src/measure/demo/simulator';

const opened = Date.UTC(2026, 0, 1);
/** Of a pipeline that is not looked at for what it has become. Milliseconds. */
const shortPast = 600_000;

/** Any pipeline of one to four queues, some of them bounded, with things happening around the opening. */
const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    arrivalRate: fc.double({ min: 0, max: 500, noNaN: true }),
    seed: fc.integer(),
    hops: fc.array(
      fc.record({
        partitions: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        capacity: fc.option(fc.integer({ min: 0, max: 2000 })),
        commitSeconds: fc.constantFrom(0.1, 0.5, 7),
        instances: fc.integer({ min: 0, max: 7 }),
        ratePerInstance: fc.double({ min: 0, max: 300, noNaN: true }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    events: fc.array(
      fc.record({ seconds: fc.integer({ min: -600, max: 60 }), arrivalRate: fc.integer({ min: 0, max: 900 }) }),
      { maxLength: 3 },
    ),
  })
  .map(({ hops, ...rest }) => ({
    ...rest,
    source: 'source',
    bursts: { everySeconds: 10, forSeconds: 2, factor: 3 },
    hops: hops.map((hop, index) => ({
      ...hop,
      destination: `queue-${index}`,
      stage: `stage-${index}`,
      maxInstances: 9,
      costPerInstance: 1,
    })),
  }));

const figuresOf = (simulator: Simulator) =>
  simulator.hops.map(({ queue, finished }) => ({
    finished,
    age: queue.ageSeconds(simulator.now),
    partitions: queue.partitions.map(({ end, committed }) => [end, committed]),
  }));

describe('the simulator', () => {
  it('loses and invents no message: arrived = finished + waiting for every queue at every time', () => {
    fc.assert(
      fc.property(anyScenario, fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 5 }), (scenario, steps) => {
        const simulator = new Simulator(scenario, opened, shortPast);
        const past = simulator.sourced;
        let now = simulator.now;
        for (const step of steps) {
          simulator.advanceTo((now += step));
          let arrived = simulator.sourced;
          for (const { queue, finished, hop } of simulator.hops) {
            expect(queue.produced, hop.destination).toBe(arrived);
            expect(queue.backlog).toBe(queue.produced - queue.consumed);
            expect(queue.consumed).toBeLessThanOrEqual(finished);
            for (const { end, finished: read, committed } of queue.partitions) {
              expect(committed).toBeLessThanOrEqual(read);
              expect(read).toBeLessThanOrEqual(end);
            }
            const waiting = queue.partitions.reduce((sum, { end, finished: read }) => sum + end - read, 0);
            expect(finished + waiting).toBe(arrived);
            if (hop.capacity !== null) expect(queue.backlog).toBeLessThanOrEqual(hop.capacity);
            arrived = finished;
          }
        }
        expect(simulator.sourced).toBeGreaterThanOrEqual(past);
      }),
      { numRuns: 40 },
    );
  });

  it('comes to the same figures whatever the steps it is advanced by', () => {
    fc.assert(
      fc.property(anyScenario, fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 20 }), (scenario, steps) => {
        const end = opened - shortPast + steps.reduce((sum, step) => sum + step, 0);
        const once = new Simulator(scenario, opened, shortPast);
        once.advanceTo(end);
        const often = new Simulator(scenario, opened, shortPast);
        let now = often.now;
        for (const step of steps) often.advanceTo((now += step));
        expect(figuresOf(often)).toEqual(figuresOf(once));
      }),
      { numRuns: 30 },
    );
  });

  it('follows its seed', () => {
    const run = (seed: number) => {
      const simulator = new Simulator({ ...scenarioNamed('bottleneck'), seed }, opened);
      simulator.advanceTo(opened);
      return figuresOf(simulator);
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('does not move when it is asked for the past', () => {
    const simulator = new Simulator(scenarioNamed('bottleneck'), opened);
    simulator.advanceTo(opened);
    const before = figuresOf(simulator);
    simulator.advanceTo(opened - 60_000);
    expect(figuresOf(simulator)).toEqual(before);
  });

  it('computes an hour a thousand times faster than it lasts', () => {
    // By the processor's time: others may use the machine.
    const began = process.cpuUsage();
    const simulator = new Simulator(scenarioNamed('bottleneck'), opened);
    simulator.advanceTo(opened);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(3600);
  });

  it('tells the age of the oldest message of a stopped queue as the time since it stopped', () => {
    const simulator = new Simulator(scenarioNamed('stuck-consumer'), opened);
    simulator.advanceTo(opened);
    const age = simulator.hops[1]?.queue.ageSeconds(simulator.now) ?? NaN;
    expect(age).toBeGreaterThan(179);
    expect(age).toBeLessThan(182);
  });
});
