import type { Node } from 'web-tree-sitter';
import type { Growth, OpenEnd, Turn } from '../rule';
import { lineOf } from '../syntax';

/** A function that a file declares, as far as climbing needs it. */
export interface Climbed {
  node: Node;
  name: string;
  /** Its class or type; null: none. */
  owner: string | null;
}

/** What a language knows about the way from a place to those who call the function around it. */
export interface Climbing {
  /** The declared function whose call runs the place; null: none. */
  around(place: Node): Climbed | null;
  /** Where the file calls the function or hands it on. */
  usesOf(declared: Climbed): Node[];
  /** The call whose callee the use is; null: it is handed on. */
  callOf(use: Node): Node | null;
  /** Is the call the work of a task of its own? That is judged where it stands. */
  isStarted(call: Node): boolean;
  /** What repeats the place in its own function. */
  repetition(place: Node, inner: readonly Turn[]): Growth | null;
  /** What runs a function that is handed on. */
  handed(use: Node, declared: Climbed, turns: Turn[]): Growth | null;
}

/** So many calls lie at most between what repeats and the place, in one file. */
const mostLevels = 3;

/** Functions that run once or now and then, whoever calls them. */
export const seldom =
  /^_*(init|new|start|stop|close|connect|reconnect|disconnect|open|setup|set_up|shutdown|run|main|begin|resume|pause|cancel|terminate|dispose|destroy|ensure|create|build|make|install|load|configure|register|subscribe|launch|serve|listen|bootstrap|mount|attach|restart|refresh|reset|constructor)(?![a-z])/i;

interface Step {
  place: Node;
  turns: Turn[];
  steps: string[];
}

/**
 * Who calls the function around a place, and who calls that, up to a loop or library that repeats it.
 * @param throughStarts also where it is called in a task of its own
 * @returns where the file does not show that anything does: a growth whose ends are open; null: it can never be many
 */
export function climb(place: Node, climbing: Climbing, throughStarts = false): Growth | null {
  const ends: OpenEnd[] = [];
  const turns: Turn[] = [];
  const seen = new Set<number>();
  let level: Step[] = [{ place, turns: [], steps: [] }];
  for (let depth = 0; depth < mostLevels && level.length > 0; depth++) {
    const next: Step[] = [];
    for (const step of level) {
      const around = climbing.around(step.place);
      if (!around || seen.has(around.node.id)) continue;
      seen.add(around.node.id);
      const path = [...step.turns, { place: step.place, repeated: around.node }];
      const calledAs = `\`${around.name}\` (line ${lineOf(around.node)})`;
      for (const use of climbing.usesOf(around)) {
        const call = climbing.callOf(use);
        if (call && !throughStarts && climbing.isStarted(call)) continue;
        const found = call ? climbing.repetition(call, path) : climbing.handed(use, around, path);
        const said = call ? [`${calledAs} is called for it on line ${lineOf(call)}`] : [];
        if (found && found.doubt === undefined)
          return { ...found, evidence: [...found.evidence, ...said, ...step.steps] };
        if (call) next.push({ place: call, turns: path, steps: [...said, ...step.steps] });
      }
      turns.push(...path.slice(-1));
      if (!seldom.test(around.name) && around.name !== '')
        ends.push({ name: around.name, owner: around.owner, by: 'called', steps: step.steps });
    }
    level = next;
  }
  return ends.length === 0 ? null : openGrowth(ends, turns);
}

/** A growth of which this file shows only the last steps. */
export const openGrowth = (open: OpenEnd[], turns: Turn[]): Growth => ({
  ...{ unit: 'call', source: open[0]?.name ?? '', evidence: [], turns, settledEarly: null, open },
});

/** What the place's own function shows; where that leaves a doubt, what its callers show, if they leave none. */
export function surest(own: Growth | null, callers: () => Growth | null): Growth | null {
  if (own && own.doubt === undefined) return own;
  const climbed = callers();
  return own && climbed?.open ? own : (climbed ?? own);
}
