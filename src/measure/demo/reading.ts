import { none, unknown, type Missing } from '../../model/figure';
import { queueId } from '../../model/identity';
import type { BrokerReading, MemberReading, PartitionReading, QueueReading, StageReading } from '../../model/sweep';
import type { SourceReading } from '../source';
import type { SimulatedHop, Simulator } from './simulator';
import type { Scenario } from './scenarios';

/** Figures that a log with consumer groups does not have. */
const notApplicable = ['inFlight', 'delayed', 'redelivered', 'rebalances', 'prefetch', 'consumerCapacity'];
const twoSweeps = unknown('a rate needs two sweeps');
const noProcessor = none('the demo simulates no processors');

const consumerName = (stage: string, index: number) => `${stage}-${index + 1}`;

/** What a broker that ran this simulation would answer now. */
export function readSimulator(simulator: Simulator, scenario: Scenario, name: string, url: string): SourceReading {
  const broker: BrokerReading = {
    name,
    system: 'demo',
    url,
    state: 'ok',
    error: null,
    pressure: [],
    alarms: [],
    roundTripSeconds: 0,
    notApplicable,
    sweep: { seconds: 0, requests: 1, bytes: 0 },
  };
  return {
    broker,
    queues: simulator.hops.map((hop) => readQueue(hop, name, simulator.now)),
    stages: [
      readStage(scenario.source, simulator.sourced, null),
      ...simulator.hops.map(({ hop, finished, instances }) => readStage(hop.stage, finished, instances)),
    ],
    steps: [],
  };
}

function readQueue({ hop, queue, instances }: SimulatedHop, broker: string, now: number): QueueReading {
  const { produced, consumed, backlog } = queue;
  const missing: Missing = {
    capacityBytes: none('no limit in bytes'),
    arrivalRate: twoSweeps,
    departureRate: twoSweeps,
  };
  if (hop.capacity === null) missing.capacity = none('no limit');
  return {
    id: queueId({ broker, destination: hop.destination, group: hop.stage }),
    broker,
    system: 'demo',
    kind: 'topic',
    namespace: null,
    destination: hop.destination,
    group: hop.stage,
    backlog,
    waiting: backlog,
    lost: 0,
    inFlight: null,
    delayed: null,
    ageSeconds: queue.ageSeconds(now),
    produced,
    consumed,
    redelivered: null,
    rebalances: null,
    retained: produced,
    capacity: hop.capacity,
    capacityBytes: null,
    consumers: instances,
    prefetch: null,
    consumerCapacity: null,
    brokerState: instances > 0 ? 'Stable' : 'Empty',
    queueType: null,
    overflow: null,
    deadLetter: null,
    arrivalRate: null,
    departureRate: null,
    partitions: queue.partitions.map(({ end, committed }, partition): PartitionReading => ({
      partition,
      start: 0,
      end,
      committed,
      backlog: end - committed,
      consumer: instances > 0 ? consumerName(hop.stage, partition % instances) : null,
    })),
    members: Array.from({ length: instances }, (_, index): MemberReading => ({
      id: consumerName(hop.stage, index),
      client: hop.stage,
      host: null,
      inFlight: null,
      idleSeconds: null,
      prefetch: null,
    })),
    bindings: null,
    missing,
    approximate: {},
  };
}

const readStage = (name: string, processedTotal: number, instances: number | null): StageReading => ({
  name,
  processedTotal,
  processedRate: null,
  cpu: null,
  memory: null,
  network: null,
  instances,
  missing: {
    processedRate: twoSweeps,
    cpu: noProcessor,
    memory: noProcessor,
    network: noProcessor,
    ...(instances === null && { instances: none('outside the pipeline') }),
  },
});
