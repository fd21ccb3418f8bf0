import type { Node } from 'web-tree-sitter';

/** A call, a construction or a filled-in struct, read the same way in every language. */
export interface CallSite {
  readonly node: Node;
  /** `subscribe` of `consumer.subscribe(…)`, `Worker` of `new Worker(…)`, `ReaderConfig` of `kafka.ReaderConfig{…}`. */
  readonly name: string;
  /** `this.consumer` of `this.consumer.subscribe(…)`; empty: none. */
  readonly receiver: string;
  /** By position. */
  readonly args: readonly Node[];
  /** By name: keyword arguments, fields, properties of an object that is an argument. */
  readonly named: ReadonlyMap<string, Node>;
}

/** How the parts of a call are read; what is absent it does not have. */
interface CallParts {
  receiver?: () => string;
  args?: () => readonly Node[];
  named?: () => Iterable<[string, Node]>;
}

/** A call whose parts are read when they are asked for: of most calls the name tells that they are not wanted. */
export class LazyCall implements CallSite {
  #receiver: string | null = null;
  #args: readonly Node[] | null = null;
  #named: ReadonlyMap<string, Node> | null = null;

  constructor(
    readonly node: Node,
    readonly name: string,
    private readonly parts: CallParts,
  ) {}

  get receiver(): string {
    return (this.#receiver ??= this.parts.receiver?.() ?? '');
  }

  get args(): readonly Node[] {
    return (this.#args ??= this.parts.args?.() ?? []);
  }

  get named(): ReadonlyMap<string, Node> {
    return (this.#named ??= new Map(this.parts.named?.() ?? []));
  }
}
