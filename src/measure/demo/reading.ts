import { none, unknown, type Missing } from '../../model/figure';
import { queueId } from '../../model/identity';
import type { BrokerReading, MemberReading, PartitionReading, QueueReading, StageReading } from '../../model/sweep';
import { rowOf } from '../reading';
import type { SourceReading } from '../source';
import { known, nothing, type Told } from '../told';
import { holdersOf, type SimulatedHop, type Simulator } from './simulator';
import type { Ailments } from './scenario';

/** Figures that a log with consumer groups does not have; a scenario may be of a broker that has them. */
const ofOtherBrokers = ['inFlight', 'delayed', 'redelivered', 'rebalances', 'prefetch', 'consumerCapacity'] as const;
const twoSweeps = unknown('a rate needs two sweeps');
const noRate: Told = { value: null, missing: twoSweeps };
const noProcessor = none('the demo simulates no processors here');

const consumerName = (stage: string, index: number) => `${stage}-${index + 1}`;

/** What a broker that ran this simulation would answer now. */
export function readSimulator(simulator: Simulator, name: string, url: string): SourceReading {
  const { scenario, hops, alarm, sourced, now } = simulator;
  const read = hops.map((hop) => readQueue(hop, name, now));
  const notApplicable = ofOtherBrokers.filter((field) => read.every((queue) => queue[field] === null));
  const queues = read.map((queue) => withReasons(queue, notApplicable));
  const broker: BrokerReading = {
    name,
    system: 'demo',
    url,
    state: 'ok',
    error: null,
    pressure: alarm ? ['memory alarm: everybody who publishes waits'] : [],
    alarms: alarm ? ['memory'] : [],
    roundTripSeconds: Math.max(0, ...hops.map(({ hop }) => hop.ailments?.roundTripSeconds ?? 0)),
    notApplicable,
    sweep: { seconds: 0, requests: 1, bytes: 0 },
  };
  return { broker, queues, stages: [readStage(scenario.source, sourced), ...readStages(hops)], steps: [] };
}

/** Why a figure that other queues of this broker have is null. */
function withReasons(queue: QueueReading, notApplicable: readonly string[]): QueueReading {
  const silent = ofOtherBrokers.filter((field) => queue[field] === null && !notApplicable.includes(field));
  const missing: Missing = { ...queue.missing };
  for (const field of silent) missing[field] = none('this consumer has none');
  return { ...queue, missing };
}

function readQueue(simulated: SimulatedHop, broker: string, now: number): QueueReading {
  const { hop, queue, instances, rebalancing } = simulated;
  const { produced, consumed, backlog, capacity } = queue;
  const { destination, stage: group, ailments = {} } = hop;
  const { prefetch = null, redelivered, rebalances } = ailments;
  const held = prefetch === null ? null : holdersOf(simulated);
  const inFlight = held?.reduce((sum, messages) => sum + messages, 0);
  const id = queueId({ broker, destination, group });
  return rowOf(
    { id, broker, system: 'demo', kind: 'topic', namespace: null, destination, group },
    {
      backlog: known(backlog),
      waiting: known(backlog - (inFlight ?? 0)),
      lost: known(0),
      ...(inFlight !== undefined && { inFlight: known(inFlight) }),
      ageSeconds: known(queue.ageSeconds(now)),
      produced: known(produced),
      consumed: known(consumed),
      ...(redelivered !== undefined && { redelivered: known(simulated.redelivered) }),
      ...(rebalances !== undefined && { rebalances: known(simulated.rebalances) }),
      retained: known(produced),
      capacity: capacity === null ? nothing('no limit') : known(capacity),
      capacityBytes: nothing('no limit in bytes'),
      consumers: known(instances),
      ...(prefetch !== null && { prefetch: known(prefetch) }),
      arrivalRate: noRate,
      departureRate: noRate,
    },
    {
      brokerState: rebalancing ? 'PreparingRebalance' : instances > 0 ? 'Stable' : 'Empty',
      partitions: partitionsOf(simulated),
      members: membersOf(simulated, held),
    },
  );
}

const partitionsOf = ({ hop, queue, instances }: SimulatedHop): PartitionReading[] =>
  queue.partitions.map(({ end, committed }, partition) => ({
    partition,
    start: 0,
    end,
    committed,
    backlog: end - committed,
    consumer: instances > 0 ? consumerName(hop.stage, partition % instances) : null,
  }));

/** @param held messages of each */
const membersOf = ({ hop, instances }: SimulatedHop, held: readonly number[] | null): MemberReading[] =>
  Array.from({ length: instances }, (_, index) => ({
    id: consumerName(hop.stage, index),
    client: consumerName(hop.stage, index),
    host: null,
    inFlight: held?.[index] ?? null,
    idleSeconds: null,
    prefetch: hop.ailments?.prefetch ?? null,
  }));

/** A stage that reads several queues has one row. */
const readStages = (hops: readonly SimulatedHop[]): StageReading[] =>
  [...new Set(hops.map(({ hop }) => hop.stage))].map((name) => {
    const own = hops.filter(({ hop }) => hop.stage === name);
    const processed = own.reduce((sum, { finished }) => sum + finished, 0);
    return readStage(name, processed, own[0]?.instances, own[0]?.hop.ailments);
  });

function readStage(name: string, processedTotal: number, instances?: number, ailments: Ailments = {}): StageReading {
  const { cpu = null, memory = null, network = null } = ailments;
  const missing: Missing = { processedRate: twoSweeps };
  if (instances === undefined) missing.instances = none('outside the pipeline');
  for (const [field, share] of Object.entries({ cpu, memory, network })) {
    if (share === null) missing[field] = noProcessor;
  }
  return {
    ...{ name, processedTotal, processedRate: null, cpu, memory, network },
    ...{ instances: instances ?? null, missing },
  };
}
