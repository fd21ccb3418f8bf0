import type { Node } from 'web-tree-sitter';
import type { Environment } from '../../model/environment';
import type { SourceReference } from '../../model/scan';
import { meantAt, type Parameter } from './scopes';

export type { Environment };

/** A call, a construction or a filled-in struct, read the same way in every language. */
export interface CallSite {
  node: Node;
  /** `subscribe` of `consumer.subscribe(…)`, `Worker` of `new Worker(…)`, `ReaderConfig` of `kafka.ReaderConfig{…}`. */
  name: string;
  /** `this.consumer` of `this.consumer.subscribe(…)`; empty: none. */
  receiver: string;
  /** By position. */
  args: readonly Node[];
  /** By name: keyword arguments, fields, properties of an object that is an argument. */
  named: ReadonlyMap<string, Node>;
}

/** What an expression says, and how it is known. Null: it cannot be resolved from the source. A `*` stands for a hole. */
export interface Value {
  text: string | null;
  confidence: SourceReference['confidence'];
  /** The files that set it, as `path:line`; absent: it stands in the source itself. */
  origin?: string;
}

export const unresolved: Value = { text: null, confidence: 'unknown' };

/** Best known first. */
const order: readonly Value['confidence'][] = ['literal', 'constant', 'config', 'template', 'unknown'];

/** The less certain of two. */
export const weaker = (a: Value['confidence'], b: Value['confidence']): Value['confidence'] =>
  order.indexOf(a) > order.indexOf(b) ? a : b;

/** A value that was found by following a name. */
export const named = (value: Value): Value =>
  value.confidence === 'literal' ? { ...value, confidence: 'constant' } : value;

/** Parts of a text in a row; an unresolved one is a hole. A text that is nothing but holes is unresolved. */
export function joined(parts: readonly Value[]): Value {
  const text = parts
    .map((part) => part.text ?? '*')
    .join('')
    .replace(/\*+/g, '*');
  const origin = originOf(...parts);
  if (text === '*') return { ...unresolved, ...origin };
  const known = parts.filter((part) => part.text !== null).map(({ confidence }) => confidence);
  const holes = parts.some((part) => part.text === null);
  return { text, confidence: holes ? 'template' : known.reduce(weaker, 'literal'), ...origin };
}

/** Where several values that make one come from. */
export function originOf(...values: readonly Value[]): Pick<Value, 'origin'> {
  const origins = [...new Set(values.flatMap(({ origin }) => origin?.split(', ') ?? []))];
  return origins.length === 0 ? {} : { origin: origins.join(', ') };
}

/**
 * `process.env.X ?? 'orders'`: what is configured counts, else the default that stands in the source. Files that set it
 * differently leave it open all the same.
 */
export function orDefault(first: Value, fallback: Value): Value {
  if (first.text !== null || first.origin !== undefined) return first;
  return fallback.text === null ? fallback : { ...fallback, confidence: weaker('config', fallback.confidence) };
}

/** One parsed file, as the libraries' table needs it. It must not outlive the file's tree. */
export interface SourceReader {
  imports: readonly string[];
  /** What files of the workspace set for the program that the file belongs to. */
  environment: Environment;
  calls(): Iterable<CallSite>;
  /** One value, or each of a list. */
  valuesOf(expression: Node): Value[];
  /** The call whose result the receiver holds at a place, as far as names in this file tell. */
  makerOf(receiver: string, at: Node): CallSite | null;
}

/** Names that lead to names, followed this far. */
export const farthest = 4;

const isNothing = ({ text }: Node) => /^(None|null|undefined|nil|)$/.test(text);

function grouped<T>(pairs: Iterable<[string, T]>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [name, each] of pairs) groups.set(name, [...(groups.get(name) ?? []), each]);
  return groups;
}

/** What readers of every language know of a file: its imports, and what each of its names is given. */
export abstract class NamedValues {
  readonly imports: readonly string[];
  protected readonly root: Node;
  #held: Map<string, Node[]> | null = null;
  #calls: Map<string, CallSite[]> | null = null;

  constructor(
    file: { imports: readonly string[]; root: Node },
    readonly environment: Environment,
  ) {
    this.imports = file.imports;
    this.root = file.root;
  }

  /**
   * The expression that a name is given; a parameter is given what the function's one caller in the file says. Absent:
   * the file does not tell.
   * @param at where the name stands; without it what is given last counts
   */
  protected givenTo(name: string, at?: Node): Node | undefined {
    this.#held ??= grouped(this.#values());
    const given = this.#held.get(name) ?? [];
    const meant = at ? meantAt(name, at, given) : given.at(-1);
    return meant && 'position' in meant ? this.#argumentFor(meant) : meant;
  }

  /** What calls give to a parameter; undefined: nothing, or not all the same. */
  #argumentFor(parameter: Parameter): Node | undefined {
    if (!this.#calls) {
      // Reading a call may ask for a parameter itself.
      this.#calls = new Map();
      this.#calls = grouped([...this.calls()].map((call): [string, CallSite] => [call.name, call]));
    }
    const { name, position, isMethod } = parameter;
    const calls = (this.#calls.get(parameter.function) ?? []).filter(({ receiver }) => isMethod || receiver === '');
    const given = calls.map(({ args, named }) => [named.get(name) ?? args[position] ?? []].flat()[0]);
    const [first, ...others] = given;
    return others.every((each) => each?.text === first?.text) ? first : undefined;
  }

  *#values(): Generator<[string, Node]> {
    for (const [name, value] of this.given()) if (!isNothing(value)) yield [name, value];
  }

  /** Every call of the file. */
  abstract calls(): Iterable<CallSite>;

  /** Names and the expressions they are given, in the order of the file. */
  protected abstract given(): Iterable<[string, Node]>;
}
