import type { Node } from 'web-tree-sitter';
import type { SourceReference } from '../../model/scan';
import type { Language } from '../rule';
import { celeryReferences } from './celery';
import type { CallSite } from './callSite';
import { libraries } from './libraries/all';
import type { Library, Position } from './libraries/library';
import { fromEnvironment } from './placeholders';
import { joined, originOf, unresolved, weaker, type SourceReader, type Value } from './reference';

/** Queues that a parsed file names: what its calls of client libraries produce to, consume from and declare. */
export function referencesIn(language: Language, reader: SourceReader, path: string): SourceReference[] {
  const known = libraries[language].filter(({ imports }) => reader.imports.some((name) => imports.test(name)));
  const found = language === 'python' ? celeryReferences(reader, path) : [];
  if (known.length === 0) return found;
  for (const call of reader.calls())
    for (const library of known) if (matches(library, call, reader)) found.push(...read(library, call, reader, path));
  return [...new Map(found.sort(byGroup).map((each) => [keyOf(each), each])).values()];
}

/** Two libraries may know a call by the same name: who finds the group knows it better, and comes last. */
const byGroup = (a: SourceReference, b: SourceReference) => Number(a.group !== null) - Number(b.group !== null);

const keyOf = ({ line, role, system, destination }: SourceReference) =>
  JSON.stringify([line, role, system, destination]);

function matches({ call: name, on, needs, arity, setting }: Library, call: CallSite, reader: SourceReader): boolean {
  const [least, most] = arity ?? [0, Infinity];
  return (
    name.test(call.name) &&
    (on?.test(call.receiver) ?? true) &&
    (needs?.every((each) => call.named.has(each)) ?? true) &&
    least <= call.args.length &&
    call.args.length <= most &&
    (setting === undefined || [...reader.environment.keys()].some((each) => each.startsWith(setting)))
  );
}

function read(library: Library, call: CallSite, reader: SourceReader, path: string): SourceReference[] {
  const place = { path, line: call.node.startPosition.row + 1, role: library.role, system: library.system };
  const group = groupOf(library, call, reader);
  return destinationsOf(library, call, reader).map((value) => ({
    ...place,
    destination: value.text,
    group: group?.text ?? null,
    confidence: confidenceOf(value, group),
    origin: originOf(value, ...(group ? [group] : [])).origin ?? null,
  }));
}

function confidenceOf({ text, confidence }: Value, group: Value | null): SourceReference['confidence'] {
  if (text === null) return 'unknown';
  return group?.text == null ? confidence : weaker(confidence, group.confidence);
}

function destinationsOf(library: Library, call: CallSite, reader: SourceReader): Value[] {
  const { destination, exchange, maker, prefix, shape } = library;
  const made = maker?.destination && reader.makerOf(call.receiver, call.node);
  const values = (
    made && maker.call.test(made.name)
      ? valuesAt(maker.destination ?? [], made, reader)
      : valuesAt(destination, call, reader)
  ).filter(({ text }) => text === null || !isStreamId(text));
  if (exchange) return values.map((key) => publishedTo(valuesAt(exchange, call, reader)[0] ?? unresolved, key));
  // A queue without a name gets one from the broker.
  return values.map((value) => {
    if (!value.text) return { ...value, ...unresolved };
    if (prefix) return joined([prefixOf(prefix, call, reader), { ...value, text: `:${value.text}` }]);
    return shape ? { ...value, text: shape(value.text) } : value;
  });
}

const prefixOf = ({ at, usual }: NonNullable<Library['prefix']>, call: CallSite, reader: SourceReader): Value =>
  valuesAt([at], call, reader)[0] ?? { text: usual, confidence: 'literal' };

/** `>`, `$`, `0-0`: where a reader of a stream begins. */
const isStreamId = (text: string) => /^([>$]|\d+(-\d+)?)$/.test(text);

/** The default exchange hands on to the queue of the key's name (CONTRACTS.md: `exchange/key`). */
function publishedTo(exchange: Value, key: Value): Value {
  if (exchange.text === '') return key;
  const origin = originOf(exchange, key);
  if (exchange.text === null && key.text === null) return { ...unresolved, ...origin };
  const confidence =
    exchange.text === null || key.text === null ? 'template' : weaker(exchange.confidence, key.confidence);
  return { text: `${exchange.text ?? '*'}/${key.text ?? '*'}`, confidence, ...origin };
}

function groupOf({ group, groupSetting, maker }: Library, call: CallSite, reader: SourceReader): Value | null {
  const set = fromEnvironment(reader.environment, groupSetting);
  if (group) return valuesAt(group, call, reader)[0] ?? (set.text === null ? null : set);
  const made = maker && reader.makerOf(call.receiver, call.node);
  return made && maker.call.test(made.name) ? (valuesAt(maker.group ?? [], made, reader)[0] ?? null) : null;
}

/** The first of the positions that the call has. */
function valuesAt(positions: readonly Position[], call: CallSite, reader: SourceReader): Value[] {
  for (const position of positions) {
    const nodes = nodesAt(position, call, reader);
    if (nodes.length > 0) return nodes.flatMap((node) => reader.valuesOf(node));
  }
  return [];
}

function nodesAt(position: Position, call: CallSite, reader: SourceReader): Node[] {
  if (typeof position === 'number') return call.args.slice(position, position + 1);
  if (typeof position === 'string') return [call.named.get(position) ?? []].flat();
  const word = call.args.findIndex((each) => reader.valuesOf(each)[0]?.text === position.after);
  return word < 0 ? [] : call.args.slice(word + 1);
}
