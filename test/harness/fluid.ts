import { writersOf, type Hop, type Scenario } from '../../src/measure/demo/scenario';

/** What is true of a pipeline by how it was made, without any noise. */
export interface Truth {
  /** Stages that hold it up, with messages per second by which they fall short. */
  short: Map<string, number>;
}

interface Stage {
  name: string;
  hops: Hop[];
}

/**
 * The steady flow of a scenario: water instead of messages. Every stage passes on what reaches it up to what its
 * instances can do, partition by partition; a stage that is too slow behind a bounded queue keeps its writers waiting, so
 * it is short of what they would have passed on.
 */
export function fluid(scenario: Scenario): Truth {
  const stages: Stage[] = [...new Set(scenario.hops.map(({ stage }) => stage))].map((name) => ({
    name,
    hops: scenario.hops.filter(({ stage }) => stage === name),
  }));
  const writers = writersOf(scenario);
  const burst = scenario.bursts;
  const mean = burst ? 1 + ((burst.factor - 1) * burst.forSeconds) / burst.everySeconds : 1;
  const out = new Map<string, number>([[scenario.source, scenario.arrivalRate * mean]]);
  const arrives = (hop: Hop, from: ReadonlyMap<string, number>) =>
    Object.entries(writers[scenario.hops.indexOf(hop)] ?? {}).reduce(
      (sum, [writer, each]) => sum + each * (from.get(writer) ?? 0),
      0,
    );
  // What would flow if nobody had to wait: limits of queues left out, since they only move where messages stand.
  for (let round = 0; round < 500; round++) {
    for (const { name, hops } of stages)
      out.set(
        name,
        capacity(
          hops,
          hops.map((hop) => arrives(hop, out)),
        ),
      );
  }
  const short = new Map<string, number>();
  for (const { name, hops } of stages) {
    const asked = hops.map((hop) => arrives(hop, out));
    const lack = asked.reduce((sum, rate) => sum + rate, 0) - (out.get(name) ?? 0);
    if (lack > 1e-6 * scenario.arrivalRate) short.set(name, lack);
  }
  return { short };
}

/** Messages per second that a stage passes on of what reaches each of its queues. */
function capacity(hops: readonly Hop[], asked: readonly number[]): number {
  const [first] = hops;
  if (!first) return 0;
  const all = asked.reduce((sum, rate) => sum + rate, 0);
  const busy = Math.min(first.instances, Math.max(...hops.map(({ partitions }) => partitions.length)));
  if (hops.length > 1) return Math.min(all, busy * first.ratePerInstance);
  const total = first.partitions.reduce((sum, share) => sum + share, 0);
  const perInstance = Array.from({ length: busy }, (_, instance) =>
    first.partitions
      .filter((_share, partition) => partition % first.instances === instance)
      .reduce((sum, share) => sum + (all * share) / total, 0),
  );
  return perInstance.reduce((sum, rate) => sum + Math.min(rate, first.ratePerInstance), 0);
}
