import { parseBrokerUrl } from '../../model/brokerUrl';
import { queueId } from '../../model/identity';
import { defaultObjectives, type Pipeline, type QueueRef, type Stage } from '../../model/pipeline';
import { writersOf, type Hop, type Scenario } from './scenario';
import { scenarioNamed } from './scenarios';

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
export const demoPipeline = (scenario: string, broker = 'demo'): Pipeline =>
  pipelineOf(scenarioNamed(scenario), `demo:${scenario}`, broker);

/** The pipeline of any scenario. @param url address of its broker */
export function pipelineOf(scenario: Scenario, url: string, broker = 'demo'): Pipeline {
  const { source, hops } = scenario;
  const writers = writersOf(scenario);
  const plain = { maxInstances: null, costPerInstance: null, ratePerInstance: null, critical: false };
  const unsaid = { durable: null, ordered: null };
  const producedBy = (name: string) => {
    const fed = hops.filter((_, index) => Object.hasOwn(writers[index] ?? {}, name));
    // A topic that two groups read is named once.
    return fed
      .filter(({ destination }, index) => fed.findIndex((other) => other.destination === destination) === index)
      .map((hop) => reference(broker, hop, null));
  };
  const stages = [...new Set(hops.map(({ stage }) => stage))].flatMap((name): Stage[] => {
    const own = hops.filter(({ stage }) => stage === name);
    const [first] = own;
    if (!first) return [];
    const { instances, maxInstances, costPerInstance, ratePerInstance } = first;
    return [
      {
        ...{ ...unsaid, name, instances, maxInstances, costPerInstance, ratePerInstance, critical: false },
        consumes: own.map((hop) => reference(broker, hop, hop.stage)),
        produces: producedBy(name),
      },
    ];
  });
  return {
    name: 'orders',
    brokers: [{ ...parseBrokerUrl(url), name: broker }],
    stages: [
      { ...plain, ...unsaid, name: source, consumes: [], produces: producedBy(source), instances: null },
      ...stages,
    ],
    objectives: defaultObjectives,
  };
}
