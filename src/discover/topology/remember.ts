import { isMap, isSeq, parseDocument, Scalar, type Document, type YAMLMap } from 'yaml';
import { spacedAs } from './spacing';
import { brokerNode, type DerivedBroker } from './write';

/** A queue that a stage is to name from now on, and the place that it was chosen for. */
export interface Choice {
  stage: string;
  direction: 'consumes' | 'produces';
  broker: string;
  destination: string;
  group: string | null;
  /** `path:line`. */
  place: string;
}

/**
 * A pipeline file with a choice taken in: everything else, comments too, stays as it was.
 * @param text of the file; null: there is none yet, and one is begun
 * @param workspace what a new file calls the pipeline
 * @param broker the one of the chosen queue; added where the file does not have it
 */
export function remembering(text: string | null, workspace: string, broker: DerivedBroker, choice: Choice): string {
  const document = parseDocument(text ?? `pipeline: ${JSON.stringify(workspace)}\n`);
  const brokers = mapIn(document, 'brokers');
  if (!brokers.has(broker.name)) brokers.set(broker.name, brokerNode(document, broker));
  const stages = mapIn(document, 'stages');
  if (!isMap(stages.get(choice.stage))) stages.set(choice.stage, document.createNode({}));
  const stage = stages.get(choice.stage) as YAMLMap;
  const { destination, group } = choice;
  const node = document.createNode({ broker: broker.name, destination, ...(group !== null && { group }) }) as YAMLMap;
  comment(node, 'destination', `chosen for ${choice.place}`);
  const queues: unknown = stage.get(choice.direction);
  if (isSeq(queues)) queues.add(node);
  else stage.set(choice.direction, document.createNode([node]));
  return spacedAs(text ?? '', document.toString({ lineWidth: 0 }));
}

/** The section of that name, made where it is not there. */
function mapIn(document: Document, key: string): YAMLMap {
  const found: unknown = document.get(key);
  if (isMap(found)) return found;
  const made = document.createNode({}) as YAMLMap;
  document.set(key, made);
  return made;
}

function comment(map: YAMLMap, key: string, text: string): void {
  const value = map.get(key, true);
  if (value instanceof Scalar) value.comment = ` ${text.replace(/[\r\n\u2028\u2029]+/g, ' ')}`;
}
