import type { Node } from 'web-tree-sitter';
import type { BoundKind, Growth } from '../rule';
import { lineOf } from '../syntax';
import type { Climbed } from './climb';
import type { FarCall } from './facts';

/** Code that may run once for each item. */
export interface Region {
  node: Node;
  /** Why it does; null: each place in it has to be asked. */
  growth: Growth | null;
  /** It runs in a task of its own. */
  started?: boolean;
}

/** A function that a library is handed, and why it runs once for each item. */
export interface Handed {
  use: Node;
  growth: Growth;
}

/** What a language knows about the way from what repeats to the calls that it makes. */
export interface Reaching {
  /** Loops, and functions that a library runs once for each item. @param handed what `handed` tells */
  regions(handed: readonly Handed[]): Region[];
  /** Calls that run with the region, not later or elsewhere. */
  callsIn(region: Node): readonly Node[];
  /** Is the call worth following? Much of what is called brings nothing further. */
  brings(call: Node): boolean;
  /** What is called. */
  calleeOf(call: Node): Node | null;
  /** What repeats a call in its own function. */
  repetition(call: Node): Growth | null;
  /** The function of this file that a call means; null: it is of another. */
  meant(call: Node): Climbed | null;
  /** Is the call the work of a task of its own? */
  isStarted(call: Node): boolean;
  /** Functions that a library is handed to call once for each item. */
  handed(): Handed[];
  /** How another file would know what is called, or handed on; null: it is not worth telling. */
  far(callee: Node): Pick<FarCall, 'parts' | 'owner' | 'from'> | null;
  boundOf(kind: BoundKind, growth: Growth, call: Node): string | null;
}

/** So many functions lie at most between what repeats and the call, in one file. */
const mostLevels = 3;

/** More of them say that a file is no consumer but a table of calls. */
const mostCalls = 300;

/** Bounds that hold for whatever the call does. */
const aroundCalls: readonly BoundKind[] = [
  'permit',
  'pool',
  'counted',
  'broker-credit',
  'leaves-loop',
  'stop-code',
  'pause',
];

/** The calls that a file makes once for each item, in its loops and handlers and in the functions that those call. */
export function farCalls(reaching: Reaching): FarCall[] {
  const found = new Map<string, FarCall>();
  const tell = (callee: Node | null, growth: Growth, how: Pick<FarCall, 'handed' | 'started'>) => {
    const far = callee && reaching.far(callee);
    const key = `${far?.parts.join('.') ?? ''}${how.started ? ' started' : ''}`;
    if (far && !found.has(key) && found.size < mostCalls)
      found.set(key, told({ ...far, ...how }, callee, growth, reaching));
  };
  const handed = reaching.handed();
  for (const { use, growth } of handed) tell(use, growth, { handed: true, started: false });
  const seen = new Set<number>();
  let level = reaching.regions(handed);
  for (let depth = 0; depth <= mostLevels && level.length > 0; depth++) {
    const next: Region[] = [];
    for (const region of level) {
      if (seen.has(region.node.id)) continue;
      seen.add(region.node.id);
      const calls = reaching.callsIn(region.node);
      if (!region.growth && !isRepeated(calls, reaching)) continue;
      for (const call of calls.filter((each) => reaching.brings(each))) {
        const growth = inRegion(call, region, reaching);
        if (!growth || growth.open || growth.doubt !== undefined) continue;
        const started = (region.started ?? false) || reaching.isStarted(call);
        const meant = reaching.meant(call);
        if (meant) next.push({ node: meant.node, growth: calledFor(growth, meant, call), started });
        tell(reaching.calleeOf(call), growth, { handed: false, started });
      }
    }
    level = next;
  }
  return [...found.values()];
}

/** What repeats one call of a loop repeats those behind it too: some tell enough, as most loops are no consumers. */
const isRepeated = (calls: readonly Node[], reaching: Reaching): boolean =>
  [calls.length - 1, calls.length >> 1, 0].some(
    (at) => calls[at] !== undefined && reaching.repetition(calls[at]) !== null,
  );

function inRegion(call: Node, { node, growth }: Region, reaching: Reaching): Growth | null {
  const own = reaching.repetition(call);
  if ((own && own.doubt === undefined) || !growth) return own;
  return { ...growth, turns: [{ place: call, repeated: node }, ...growth.turns] };
}

const calledFor = (growth: Growth, { name, node }: Climbed, call: Node): Growth => ({
  ...growth,
  evidence: [...growth.evidence, `\`${name}\` (line ${lineOf(node)}) is called for it on line ${lineOf(call)}`],
});

function told(
  far: Omit<FarCall, 'line' | 'growth' | 'bounds'>,
  call: Node,
  growth: Growth,
  reaching: Reaching,
): FarCall {
  const { unit, source, evidence, settledEarly } = growth;
  const bounds = aroundCalls.flatMap((kind) => {
    const bound = reaching.boundOf(kind, growth, call);
    return bound === null ? [] : [{ kind, bound }];
  });
  return { ...far, line: lineOf(call), growth: { unit, source, evidence, settledEarly }, bounds };
}
