import type { Node } from 'web-tree-sitter';
import type { HazardSeverity } from '../model/scan';
import type { Told } from './across/facts';
import type { Fix } from './fixes/edits';
import type { Place } from './references/neighbourhood';
import type { Environment, NamedValues } from './references/reference';
import type { Walked } from './walked';

/** Gate A: what makes the number of places in flight grow, and the code that proves it. */
export interface Growth {
  /**
   * What arrives: a `value` comes from a channel inside the program, the others from outside it. A `request` comes over
   * a stream whose peer may wait for each answer; a `chunk` is a piece of one, an `element` is of a collection, a `call`
   * is one of the function around the place, a `period` one of a timer.
   */
  unit: 'message' | 'connection' | 'packet' | 'request' | 'value' | 'chunk' | 'element' | 'call' | 'period';
  /** Where it comes from, as it stands in the source, cut to one line. */
  source: string;
  /** The steps from the source to the place, outermost first. */
  evidence: string[];
  /**
   * The stretches of code that run once for each item, innermost first: from the place up to the loop or function
   * that repeats, and again from the call of that function.
   */
  turns: Turn[];
  /** How the source is told that the item is done before it is; null: it is not, or nothing says so. */
  settledEarly: string | null;
  /** Settings of the program any of which bounds it, as its framework calls them; absent: none does. */
  settings?: readonly string[];
  /** What the hazard depends on and this file does not show; absent: it shows everything. */
  doubt?: string;
  /**
   * What is wrong with the thing itself, however much arrives: it is set so that its limit never holds, or each is left
   * running; absent: only that much arrives.
   */
  flaw?: 'setting' | 'left-running';
  /** Nothing in this file shows that there can be many, but another file may, at one of these; absent: this file does. */
  open?: OpenEnd[];
  /** Of what is open: what this file shows as long as no other shows more. A hint. */
  meanwhile?: Growth;
  /** What grows, where it is made: it is told there, once, from wherever it is made longer; absent: told at the place. */
  made?: Node;
}

/** Where the way from what repeats to a place enters its file. */
export interface OpenEnd {
  /** Of a function, method or field. */
  name: string;
  /** Class or type that it belongs to; null: none. */
  owner: string | null;
  /** What another file has to do once for each item: call it, or put something into it. */
  by: 'called' | 'filled';
  /** From there to the place, outermost first. */
  steps: string[];
}

/** One turn of a repeated piece of code: all that runs on the way from its beginning to `place`, and after it. */
export interface Turn {
  place: Node;
  /** The loop, function or callback that is repeated. */
  repeated: Node;
}

/** Gate B: the kinds of bound, the same in every language (an adapter knows their shapes). */
export const boundKinds = [
  'permit',
  'permit-in-task',
  'pool',
  'joined',
  'counted',
  'broker-credit',
  'leaves-loop',
  'stop-code',
  'pause',
  'drain',
  'size-guard',
  'answer-read',
  'told',
  'limited',
  'ends-with-client',
  'shared',
  'configured',
  'dead-letter',
  'gauge',
] as const;
export type BoundKind = (typeof boundKinds)[number];

/**
 * What a rule needs of gate A: that the place runs once for each item that arrives, and there starts something that
 * nobody waits for (`task`), takes an item in its own time (`listener`), writes to a sink with a buffer (`write`), makes a
 * collection longer that outlives the item (`append`) or hands on a message (`publish`); that it makes a queue which is
 * filled so (`queue`) or an executor that is handed tasks so (`executor`); that it starts all of a collection as long as
 * the data (`fanout`); or that it opens a consumer to which a broker pushes (`consumer`). Of others it is enough that
 * they stand where they do: a stage that keeps what its reader has no room for (`buffer`), what throws items away
 * (`drop`), an answer that goes on for as long as its client is there (`stream`), a call that brings all there is
 * (`read`), work that a timer starts again before it has ended (`timer`), a limiter that only the call which makes it
 * uses (`limiter`), a collection that each item makes longer and nobody empties (`accumulate`), a pool whose size is a
 * number in the code (`pool`), a queue whose refused messages are lost (`refusal`), and a channel between two steps that
 * nobody measures (`stage`).
 */
export type GrowthKind =
  | 'task'
  | 'listener'
  | 'write'
  | 'append'
  | 'publish'
  | 'queue'
  | 'executor'
  | 'fanout'
  | 'consumer'
  | 'buffer'
  | 'drop'
  | 'stream'
  | 'read'
  | 'timer'
  | 'limiter'
  | 'accumulate'
  | 'pool'
  | 'refusal'
  | 'stage';

/** What an adapter knows about one parsed file. It must not outlive the file's tree. */
export interface SourceFacts {
  /** The file's calls and constants, for the queues that it names. @param place null: nothing is known of other files */
  readerOf(environment: Environment, place: Place | null): NamedValues;
  /** Gate A. Null: nothing shows that there can be many. */
  growthOf(place: Node, kind: GrowthKind): Growth | null;
  /** Gate B. @returns the bound in words ("a permit taken from `sem` on line 7"), null: none of this kind */
  boundOf(kind: BoundKind, growth: Growth, place: Node): string | null;
  /** What the file tells the others of its package, where the language has a family. */
  told?(): Told;
}

/** One language: where its grammar is and how its source is read. */
export interface LanguageAdapter {
  id: Language;
  /** File name of the grammar. */
  grammar: string;
  /** What is looked for, by kind of bound: the shapes in words. */
  bounds: Partial<Record<BoundKind, string>>;
  /** Why a file is left out by default (generated code, tests); null: it is read. */
  leaveOut(text: string, path: string): string | null;
  /** Languages whose files call each other; absent: files of the language are judged one by one. */
  family?: string;
  /** A file with these words may call others once for each item, and is read for that; absent: none is. */
  arrivals?: Words;
  /** Types of the nodes that facts are read from. One that the grammar does not have is no mistake: dialects differ. */
  walked: readonly string[];
  /** @param walked the nodes of those types below the root */
  factsOf(root: Node, walked: Walked): SourceFacts;
}

export type Language = 'go' | 'javascript' | 'typescript' | 'tsx' | 'python' | 'java' | 'rust' | 'csharp';

/** Tells by its text alone whether a file is worth parsing: an expression without state, or several (`allOf`). */
export interface Words {
  test(text: string): boolean;
}

/** A kind of hazard in one language, as data; it stands in `rules/<language>/<class>`. Its `examples` folder is its test. */
export interface Rule {
  /** `language/class`. */
  id: string;
  /** What it finds, in a few words. */
  title: string;
  /** Why that hurts and what to do instead, in plain sentences. */
  help: string;
  /** A file without these words is not parsed for this rule. */
  words: Words;
  /** Tree-sitter query; the capture `place` is what is judged. */
  query: string;
  /** What each place holds, with the flag `g`, where the names in the query do not tell (`Sought`). */
  marks?: RegExp;
  growth: GrowthKind;
  bounds: readonly BoundKind[];
  severityOf(growth: Growth): HazardSeverity;
  /** Severities below this are hints above the line, no diagnostics. */
  diagnosticFrom: HazardSeverity;
  messageOf(growth: Growth): string;
  /** One short line above the place. */
  lensOf(growth: Growth): string;
  /** Changes that bound the place, the preferred one first. Each gives null where it does not fit. */
  fixes?: readonly ((place: Node, growth: Growth, text: string) => Fix | null)[];
}
