import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';
import { spacedAs } from './spacing';

/**
 * A pipeline file with what a derived one has and it has not: brokers, stages, queues of stages. Nothing that a person
 * wrote is changed or removed; comments stay.
 * @param derived the text of a derived pipeline file
 * @returns the text as it is where nothing is missing
 */
export function merged(existing: string, derived: string): string {
  const document = parseDocument(existing);
  const more = parseDocument(derived);
  const names = new Map<string, string>();
  const addedBrokers = mergeBrokers(document, more, names);
  const addedStages = mergeStages(document, more, names);
  return addedBrokers || addedStages ? spacedAs(existing, document.toString({ lineWidth: 0 })) : existing;
}

/** By their addresses: a person may call a broker otherwise. `names` learns what the file calls each. */
function mergeBrokers(document: Document, more: Document, names: Map<string, string>): boolean {
  const derived = sectionOf(more, 'brokers');
  const urls = new Map(entriesOf(sectionOf(document, 'brokers')).map(([name, node]) => [place(node), name]));
  let added = false;
  for (const [name, node] of entriesOf(derived)) {
    const known = urls.get(place(node)) ?? (document.hasIn(['brokers', name]) ? name : undefined);
    names.set(name, known ?? name);
    if (known !== undefined) continue;
    document.setIn(['brokers', name], node);
    added = true;
  }
  return added;
}

function mergeStages(document: Document, more: Document, names: ReadonlyMap<string, string>): boolean {
  const only = entriesOf(sectionOf(document, 'brokers')).map(([name]) => name);
  let added = false;
  for (const [name, node] of entriesOf(sectionOf(more, 'stages'))) {
    for (const direction of ['consumes', 'produces']) {
      const wanted: unknown = node.get(direction);
      for (const queue of isSeq(wanted) ? wanted.items.filter(isMap) : []) {
        const broker = nameOf(queue, names) ?? [...names.values()][0] ?? only[0];
        if (broker !== undefined && (only.length > 1 || queue.has('broker'))) queue.set('broker', broker);
        const known: unknown = document.getIn(['stages', name, direction]);
        const items = isSeq(known) ? known.items.filter(isMap) : [];
        if (items.some((item) => same(item, queue, only))) continue;
        if (isSeq(known)) known.add(queue);
        else document.setIn(['stages', name, direction], document.createNode([queue]));
        added = true;
      }
    }
  }
  return added;
}

const nameOf = (queue: YAMLMap, names: ReadonlyMap<string, string>) => {
  const broker: unknown = queue.get('broker');
  return typeof broker === 'string' ? (names.get(broker) ?? broker) : undefined;
};

/** The same destination of the same broker, read by the same group. */
function same(a: YAMLMap, b: YAMLMap, brokers: readonly string[]): boolean {
  const brokerOf = (queue: YAMLMap) => queue.get('broker') ?? brokers[0];
  return (
    brokerOf(a) === brokerOf(b) &&
    a.get('destination') === b.get('destination') &&
    (a.get('group') ?? null) === (b.get('group') ?? null)
  );
}

function sectionOf(document: Document, key: string): YAMLMap | null {
  const found: unknown = document.get(key);
  return isMap(found) ? found : null;
}

/** Named maps of a section. */
const entriesOf = (section: YAMLMap | null): [string, YAMLMap][] =>
  (section?.items ?? []).flatMap(({ key, value }) =>
    isMap(value) ? [[String(key), value] satisfies [string, YAMLMap]] : [],
  );

/** Host and port of a broker's address, whoever logs in there. */
function place(broker: YAMLMap): string {
  const url = broker.get('url');
  return typeof url === 'string' ? url.replace(/\/\/[^@/]*@/, '//').replace(/[?].*$/, '') : '';
}
