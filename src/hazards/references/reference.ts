import type { Node } from 'web-tree-sitter';
import type { Environment } from '../../model/environment';
import type { SourceReference } from '../../model/scan';
import { lineOf } from '../syntax';
import type { CallSite } from './callSite';
import type { Place } from './neighbourhood';
import { functionAround, meantAt, type Parameter } from './scopes';

export type { Environment };

/** What an expression says, and how it is known. Null: it cannot be resolved from the source. A `*` stands for a hole. */
export interface Value {
  text: string | null;
  confidence: SourceReference['confidence'];
  /** The other files that set it, as `path:line`; absent: it stands in the source itself. */
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
  /** Every call of the file. */
  calls(): readonly CallSite[];
  /** One value, or each of a list. */
  valuesOf(expression: Node): Value[];
  /** The call whose result the receiver holds at a place, as far as names in this file tell. */
  makerOf(receiver: string, at: Node): CallSite | null;
  /** The files of the workspace that a name is brought in from, and what they call it. */
  broughtIn(name: string): Imported[];
  /** Where the file stands among others; null: nobody told. */
  readonly place: Place | null;
}

/** A name of another file, which is there. */
export interface Imported {
  path: string;
  name: string;
}

/** Names that lead to names, followed this far. */
export const farthest = 4;

const isNothing = ({ text }: Node) => /^(None|null|undefined|nil|)$/.test(text);

function grouped<T>(pairs: Iterable<[string, T]>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [name, each] of pairs) groups.set(name, [...(groups.get(name) ?? []), each]);
  return groups;
}

/** What all say; where they differ it is unresolved, with the places. Null: nobody says anything. */
function agreed(said: readonly Value[][]): Value[] | null {
  const [first, ...others] = said;
  const textOf = (values: readonly Value[]) => JSON.stringify(values.map(({ text }) => text));
  if (!first || others.every((each) => textOf(each) === textOf(first))) return first ?? null;
  const places = said.flat().flatMap(({ text, origin }) => (text === null ? [] : [`${text} in ${origin ?? ''}`]));
  return [{ ...unresolved, origin: [...new Set(places)].join(', ') }];
}

/** What readers of every language know of a file: its imports, and what each of its names is given. */
export abstract class NamedValues implements SourceReader {
  readonly imports: readonly string[];
  protected readonly root: Node;
  #held: Map<string, Node[]> | null = null;
  #calls: readonly CallSite[] | null = null;
  #callsByName: Map<string, CallSite[]> | null = null;
  #asking = false;

  constructor(
    file: { imports: readonly string[]; root: Node },
    readonly environment: Environment,
    readonly place: Place | null = null,
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
    const given = this.#givenTo(name);
    const meant = at ? meantAt(name, at, given) : given.at(-1);
    if (!meant || !('position' in meant)) return meant;
    const [first, ...others] = this.#argumentsFor(meant);
    return others.every((each) => each?.text === first?.text) ? first : undefined;
  }

  /**
   * What other files of the workspace give to a name that this one does not, or to a parameter that no call in this one
   * does; null: they do not tell. Where they differ it is unresolved, with the places.
   * @param at where the name stands; absent: outside of all functions
   */
  protected elsewhere(name: string, at?: Node): Value[] | null {
    const { place } = this;
    if (!place) return null;
    const [head = ''] = name.split(/\W/, 1);
    const meant = at && meantAt(head, at, this.#givenTo(head));
    const isParameter = meant !== undefined && 'position' in meant;
    if (isParameter && (head !== name || this.#argumentsFor(meant).length > 0)) return null;
    const { around } = place;
    if (isParameter) {
      const asked = `${meant.function} ${meant.name}`;
      return agreed(
        (this.callersAround?.(meant) ?? []).flatMap(
          (path) => around.followed(path, asked, (file) => file.#handedTo(meant)) ?? [],
        ),
      );
    }
    const said = this.broughtIn(name).map((each) =>
      around.followed(each.path, each.name, (file) => file.exported(each.name)),
    );
    return agreed(said.filter((values) => values !== null));
  }

  /** The same for what is no list. */
  protected oneElsewhere(name: string, at?: Node): Value {
    const [only, ...others] = this.elsewhere(name, at) ?? [];
    return only && others.length === 0 ? only : unresolved;
  }

  /** What the file gives to a name that others may use; null: nothing. */
  exported(name: string): Value[] | null {
    const shared = this.exportedAs(name)
      .map((each) => this.#givenTo(each).filter((node) => functionAround(node) === null))
      .find(({ length }) => length > 0);
    if (!shared) return this.passesOn ? this.elsewhere(name) : null;
    return agreed(shared.map((node) => this.valuesOf(node).map((value) => this.#placed(value, node))));
  }

  /** What the calls of this file give to a parameter of another's function. */
  #handedTo(parameter: Parameter): Value[][] {
    return this.#argumentsFor(parameter).map((node) =>
      node ? this.valuesOf(node).map((value) => this.#placed(value, node)) : [unresolved],
    );
  }

  #placed(value: Value, node: Node): Value {
    if (value.text === null) return value;
    const origin = `${this.place?.path ?? ''}:${lineOf(node)}`;
    return { ...named(value), ...originOf({ ...value, origin }, value) };
  }

  /** What each call of the function gives to its parameter. */
  #argumentsFor({ function: name, name: own, position, isMethod }: Parameter): (Node | undefined)[] {
    // Reading a call may ask for a parameter itself.
    if (this.#asking) return [];
    this.#asking = true;
    try {
      this.#callsByName ??= grouped(this.calls().map((call): [string, CallSite] => [call.name, call]));
      const calls = (this.#callsByName.get(name) ?? []).filter(({ receiver }) => isMethod || receiver === '');
      return calls.map(({ args, named: parts }) => [parts.get(own) ?? args[position] ?? []].flat()[0]);
    } finally {
      this.#asking = false;
    }
  }

  calls(): readonly CallSite[] {
    return (this.#calls ??= [...this.readCalls()]);
  }

  #givenTo(name: string): Node[] {
    this.#held ??= grouped(this.#values());
    return this.#held.get(name) ?? [];
  }

  *#values(): Generator<[string, Node]> {
    for (const [name, value] of this.given()) if (!isNothing(value)) yield [name, value];
  }

  /** Every call of the file. */
  protected abstract readCalls(): Iterable<CallSite>;

  abstract valuesOf(expression: Node): Value[];

  abstract makerOf(receiver: string, at: Node): CallSite | null;

  abstract broughtIn(name: string): Imported[];

  /** May others ask this file for a name that it was brought itself? */
  protected readonly passesOn: boolean = true;

  /** Files that may call a function of this one without bringing it in, of which at least one does. */
  protected callersAround?(parameter: Parameter): string[];

  /** What a name that others ask for may be called in this file. */
  protected exportedAs(name: string): string[] {
    return [name];
  }

  /** Names and the expressions they are given, in the order of the file. */
  protected abstract given(): Iterable<[string, Node]>;
}
