import { Document, isMap, Scalar, type YAMLMap } from 'yaml';
import type { DerivedQueue, DerivedStage, DerivedTopology } from './derive';

/** A broker of the derived pipeline. */
export interface DerivedBroker {
  name: string;
  system: DerivedQueue['system'];
  /** Without a password. */
  url: string;
  /** RabbitMQ: the management API, without credentials. */
  management?: string;
  /** NATS: the monitoring address. */
  monitoring?: string;
  /** Where the address was found, or that it was not. */
  origin: string;
}

/** A pipeline file (CONTRACTS.md) that says beside each line where it comes from. */
export function pipelineYaml(name: string, brokers: readonly DerivedBroker[], topology: DerivedTopology): string {
  const document = new Document({ pipeline: name });
  document.commentBefore = ' Derived from the source code: look it over, it is yours to change.';
  document.set('brokers', brokersNode(document, brokers));
  const stages = document.createNode({}) as YAMLMap;
  for (const stage of topology.stages) stages.set(stage.name, stageNode(document, stage, brokers));
  document.set('stages', stages);
  const untold = topology.unresolved.map(({ path, line, text }) => `${path}:${line}: ${text}`);
  const notes = [
    ...list('Not told by the source; add what is missing by hand:', untold),
    ...list('Told differently; strike out what is wrong:', topology.conflicts),
  ];
  if (notes.length > 0) document.comment = notes.join('\n');
  return document.toString({ lineWidth: 0 });
}

const list = (heading: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [` ${heading}`, ...items.map((item) => `   ${oneLine(item)}`)];

function brokersNode(document: Document, brokers: readonly DerivedBroker[]): YAMLMap {
  const node = document.createNode({}) as YAMLMap;
  for (const broker of brokers) node.set(broker.name, brokerNode(document, broker));
  return node;
}

/** The entry of one broker. */
export function brokerNode(document: Document, { url, management, monitoring, origin }: DerivedBroker): YAMLMap {
  const entry = {
    url,
    ...(management !== undefined && { management }),
    ...(monitoring !== undefined && { monitoring }),
  };
  const node = document.createNode(entry) as YAMLMap;
  comment(node, 'url', origin);
  return node;
}

function stageNode(document: Document, stage: DerivedStage, brokers: readonly DerivedBroker[]): YAMLMap {
  const node = document.createNode({}) as YAMLMap;
  for (const direction of ['consumes', 'produces'] as const) {
    const queues = stage[direction].map((queue) => queueNode(document, queue, brokers));
    if (queues.length > 0) node.set(direction, queues);
  }
  return node;
}

function queueNode(document: Document, queue: DerivedQueue, brokers: readonly DerivedBroker[]): YAMLMap {
  const { destination, group, origins } = queue;
  const broker = brokers.find(({ system }) => system === queue.system)?.name;
  const parts = { ...(brokers.length > 1 && { broker }), destination, ...(group !== null && { group }) };
  const node = document.createNode(parts) as YAMLMap;
  comment(node, 'destination', origins.join(', '));
  return node;
}

function comment(map: YAMLMap, key: string, text: string): void {
  const value = isMap(map) ? map.get(key, true) : null;
  if (value instanceof Scalar) value.comment = ` ${oneLine(text)}`;
}

/** A comment ends with its line: what is in a name must not begin a new one. */
const oneLine = (text: string) => text.replace(/[\r\n\u2028\u2029]+/g, ' ');
