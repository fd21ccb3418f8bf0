import { parseBrokerUrl } from '../../model/brokerUrl';
import { queueId } from '../../model/identity';
import { defaultObjectives, type Pipeline, type QueueRef, type Stage } from '../../model/pipeline';
import { scenarioNamed, type Hop } from './scenarios';

const reference = (broker: string, hop: Hop, group: string | null): QueueRef => ({
  id: queueId({ broker, destination: hop.destination, group }),
  broker,
  namespace: null,
  destination: hop.destination,
  group,
  capacity: hop.capacity,
});

/**
 * The pipeline that a demo brings along.
 * @param scenario empty for the default one
 * @param broker the name the demo's broker has in sweeps
 * @throws {SourceError} `unsupported` for a scenario nobody knows
 */
export function demoPipeline(scenario: string, broker = 'demo'): Pipeline {
  const { source, hops } = scenarioNamed(scenario);
  const plain = { maxInstances: null, costPerInstance: null, ratePerInstance: null, critical: false };
  const unsaid = { durable: null, ordered: null };
  const produces = (hop: Hop | undefined) => (hop ? [reference(broker, hop, null)] : []);
  const stages: Stage[] = hops.map((hop, index) => ({
    ...plain,
    ...unsaid,
    name: hop.stage,
    consumes: [reference(broker, hop, hop.stage)],
    produces: produces(hops[index + 1]),
    instances: hop.instances,
    maxInstances: hop.maxInstances,
    costPerInstance: hop.costPerInstance,
    ratePerInstance: hop.ratePerInstance,
  }));
  return {
    name: 'orders',
    brokers: [{ ...parseBrokerUrl(`demo:${scenario}`), name: broker }],
    stages: [
      { ...plain, ...unsaid, name: source, consumes: [], produces: produces(hops[0]), instances: null },
      ...stages,
    ],
    objectives: defaultObjectives,
  };
}
