import type { OpenEnd } from '../rule';
import type { DeclaredClass, FarCall, Told } from './facts';

/** Methods that put something into a queue, a list or a map. */
const putting =
  /^(put\w*|append|appendleft|add\w*|offer\w*|push\w*|transfer|enqueue|send|send_nowait|PushBack|PushFront|unshift|insert)$/;

/** Does what it calls wait while a queue that has a limit is full? */
export const waits = ({ parts }: FarCall): boolean => parts.at(-1) === 'put';

/** Names that so many things have that they say nothing about whose they are. */
const common =
  /^_*(get|set|put|add|send|write|read|call|handle|process|execute|apply|accept|run|emit|publish|push|append|notify|submit|dispatch|update|on_?message|on_?event|on_?data|handle_?message|handle_?request|handle_?event|send_?message|invoke|receive|log)$/i;

/** The files of a package, and what the names in them mean together. */
export class Names {
  readonly #bases = new Map<string, Set<string>>();
  readonly #owners = new Map<string, Set<string>>();

  constructor(files: Iterable<Told>) {
    for (const { classes, functions } of files) {
      for (const each of classes) this.#learn(each);
      for (const each of functions) {
        const at = each.lastIndexOf('.');
        const name = each.slice(at + 1);
        const owners = this.#owners.get(name) ?? new Set<string>();
        this.#owners.set(name, owners.add(at < 0 ? '' : each.slice(0, at)));
      }
    }
  }

  #learn({ name, bases }: DeclaredClass): void {
    const known = this.#bases.get(name) ?? new Set<string>();
    for (const base of bases) known.add(base);
    this.#bases.set(name, known);
  }

  /** Is one the other, or does one extend it? */
  related(one: string, other: string): boolean {
    return one === other || this.#above(one).has(other) || this.#above(other).has(one);
  }

  /** Is it an interface that no type has to name, with a method of that name? */
  isInterfaceWith(owner: string, name: string): boolean {
    return this.#bases.get(owner)?.has('interface') === true && this.#owners.get(name)?.has(owner) === true;
  }

  /** Do only this class, what it extends and what extends that declare the name? */
  isOnlyOf(owner: string, name: string): boolean {
    const family = this.#above(owner);
    return [...(this.#owners.get(name) ?? [])].every(
      (each) => each === owner || family.has(each) || [...this.#above(each)].some((base) => family.has(base)),
    );
  }

  /** What a class extends, and what that does. */
  #above(name: string, known = new Set<string>([name])): Set<string> {
    for (const base of this.#bases.get(name) ?? []) {
      if (known.has(base)) continue;
      known.add(base);
      this.#above(base, known);
    }
    return known;
  }
}

/**
 * Does a call mean what a place waits for?
 * @param from path of the file that calls
 * @param to path of the file that holds the place
 */
export function means(call: FarCall, from: string, end: OpenEnd, to: string, names: Names): boolean {
  const parts = end.by === 'filled' ? call.parts.slice(0, -1) : call.parts;
  if (parts.at(-1) !== end.name || (end.by === 'filled' && !putting.test(call.parts.at(-1) ?? ''))) return false;
  const holder = parts.at(-2);
  if (end.owner === null)
    return call.from === null
      ? holder === undefined && end.by === 'called' && folderOf(from) === folderOf(to) && to.endsWith('.go')
      : parts.length <= 2 && isModule(call.from, to, parts);
  // Of Go a name with a small first letter is only known in its folder.
  if (to.endsWith('.go') && /^[a-z_]/.test(end.name) && folderOf(from) !== folderOf(to)) return false;
  if (call.owner !== null) return names.related(call.owner, end.owner) || names.isInterfaceWith(call.owner, end.name);
  if (holder === undefined) return false;
  if (isAkin(holder, end.owner)) return true;
  return isDistinct(end.name) && names.isOnlyOf(end.owner, end.name);
}

const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/') + 1);

/** `command_tree` and `CommandTree`, `conn` and `ClientConn`. */
function isAkin(holder: string, owner: string): boolean {
  const [one, other] = [plain(holder), plain(owner)];
  return one.length > 3 && other.length > 3 && (one.endsWith(other) || other.endsWith(one));
}

const plain = (name: string) => name.replace(/[_$#]/g, '').toLowerCase();

const isDistinct = (name: string) => !common.test(name) && name.length > 7 && /[a-z][A-Z]|[a-z]_[a-z]/.test(name);

/** Does the module that a name is imported from end in the file: `.worker`, `../lib/worker.js`, `example.org/app/worker`? */
function isModule(module: string, file: string, parts: readonly string[]): boolean {
  const words = module.split(/[./\\]+/).filter((word) => word !== '' && !/^[cm]?[jt]sx?$/.test(word));
  const stem = file.replace(/(\/(index|__init__))?\.\w+$/, '').split('/');
  const folder = stem.slice(0, -1);
  const last = words.at(-1);
  if (last === undefined) return false;
  return stem.at(-1) === last || stem.at(-1) === parts[0] || (file.endsWith('.go') && folder.at(-1) === last);
}
