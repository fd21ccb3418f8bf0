import type { SourceReference } from '../../../model/scan';

/** Where in a call a name stands: an argument by number from 0, by its name, or whatever follows a word. */
export type Position = number | string | { after: string };

/** How a call of a client library names a queue. */
export interface Library {
  system: SourceReference['system'];
  /** Without such an import the call is another's. */
  imports: RegExp;
  call: RegExp;
  role: SourceReference['role'];
  /** The first of these that is there. */
  destination: readonly Position[];
  /** What it is called on must look so. */
  on?: RegExp;
  /** Named parts that it must have. */
  needs?: readonly string[];
  /** How many arguments it has, at least and at most. */
  arity?: readonly [number, number];
  /** A file of the workspace makes a setting that begins so: which broker is behind an abstraction of it. */
  setting?: string;
  /** RabbitMQ: the exchange; then `destination` is the routing key. */
  exchange?: readonly Position[];
  group?: readonly Position[];
  /** The setting that tells the group where the call does not. */
  groupSetting?: string;
  /** Group or destination stand where the object was made that the call is on. */
  maker?: { call: RegExp; group?: readonly Position[]; destination?: readonly Position[] };
  /** What the broker has before the name, parted by a colon: as the call says, else as usual. */
  prefix?: { at: Position; usual: string };
  /** What of the name the broker knows. */
  shape?: (name: string) => string;
}

type More = Omit<Partial<Library>, 'system' | 'imports' | 'call' | 'role' | 'destination'>;

/** The calls of one library, a line each. */
export class Client {
  readonly calls: Library[] = [];

  constructor(
    private readonly system: Library['system'],
    private readonly imports: RegExp,
  ) {}

  consumes(call: RegExp, destination: readonly Position[], more: More = {}): this {
    return this.#add('consume', call, destination, more);
  }

  produces(call: RegExp, destination: readonly Position[], more: More = {}): this {
    return this.#add('produce', call, destination, more);
  }

  declares(call: RegExp, destination: readonly Position[], more: More = {}): this {
    return this.#add('declare', call, destination, more);
  }

  #add(role: Library['role'], call: RegExp, destination: readonly Position[], more: More): this {
    this.calls.push({ system: this.system, imports: this.imports, call, role, destination, ...more });
    return this;
  }
}

/** `orders` of `https://sqs.eu-west-1.amazonaws.com/1234/orders` and of an ARN. */
export const queueOfUrl = (url: string) => url.split(/[/:]/).at(-1) ?? url;
