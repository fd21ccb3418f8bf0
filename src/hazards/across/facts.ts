import type { Hazard } from '../../model/scan';
import type { BoundKind, Growth, OpenEnd } from '../rule';

/** A call that one file makes once for each item, of what another file may declare or hold. */
export interface FarCall {
  /** `session.queue.put` as its parts, without subscripts. */
  parts: string[];
  /** A library is handed the function and calls it. */
  handed: boolean;
  /** It is the work of a task of its own, which is judged where that starts. */
  started: boolean;
  /** Type of what it is called on, or holds what it is called on, as far as the file tells; null: it does not. */
  owner: string | null;
  /** Module that its first part is imported from, as it is written; null: it is not imported. */
  from: string | null;
  /** From 1. */
  line: number;
  /** What is left of gate A without the tree: why the call is made once for each item. */
  growth: Pick<Growth, 'unit' | 'source' | 'evidence' | 'settledEarly'>;
  /** Bounds that stand around the call. */
  bounds: { kind: BoundKind; bound: string }[];
}

/** What has to be known of a hazard here. */
export type Place = Pick<Hazard, 'rule' | 'line'> & { fixes: readonly unknown[] };

/** A place that is a hazard if what it waits for is called, or filled, once for each item by another file. */
export interface Pending<T extends Place> {
  /** As it would be reported; what depends on the growth is written when that is known. */
  hazard: T;
  ends: OpenEnd[];
  /** Steps from there to the place. */
  steps: string[];
  /** What no file shows, as in `Growth`; absent: the files together show all. */
  doubt?: string;
}

/** A class, and the names of what it extends or implements. */
export interface DeclaredClass {
  name: string;
  bases: string[];
}

/** What one file tells the others of its package: small, and without its tree. */
export interface FileFacts<T extends Place> {
  /** Languages whose files call each other. */
  family: string;
  calls: FarCall[];
  pending: Pending<T>[];
  classes: DeclaredClass[];
  /** `Class.method` and `function`. */
  functions: string[];
}

/** What an adapter reads of a file for the others. */
export type Told = Omit<FileFacts<Place>, 'pending' | 'family'>;
