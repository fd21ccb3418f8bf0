import { ruleById } from '../rules/all';
import { reported, type Reported } from '../report';
import type { BoundKind, OpenEnd } from '../rule';
import type { FarCall, FileFacts, Pending, Place } from './facts';
import { means, Names, waits } from './meaning';

/** What the files of a package show together. */
export interface Joined<T extends Place> {
  hazards: (T & Reported)[];
  /** Places whose callers bound them, and how. Lines from 1. */
  passed: { rule: string; line: number; kind: BoundKind; bound: string }[];
}

interface Caller {
  path: string;
  call: FarCall;
}

/** The second step over a package: places that wait for a caller meet the calls of other files. */
export class Package<T extends Place> {
  readonly #names: Names;
  readonly #callers = new Map<string, Caller[]>();

  /** @param files what each file tells, by its path relative to the root of the package, with `/` */
  constructor(private readonly files: ReadonlyMap<string, FileFacts<T>>) {
    this.#names = new Names(files.values());
    for (const path of [...files.keys()].sort())
      for (const call of files.get(path)?.calls ?? [])
        for (const name of new Set(call.parts.slice(-2))) {
          const known = this.#callers.get(name) ?? [];
          known.push({ path, call });
          this.#callers.set(name, known);
        }
  }

  /** All files together, in the order of their paths. */
  all(): Joined<T> {
    const each = [...this.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, facts]) => this.of(path, facts));
    return { hazards: each.flatMap(({ hazards }) => hazards), passed: each.flatMap(({ passed }) => passed) };
  }

  /**
   * What other files show about the places of one.
   * @param facts what it tells now, which may be newer than what the package was made with
   */
  of<Q extends Place = T>(path: string, facts: FileFacts<Q>): Joined<Q> {
    const joined: Joined<Q> = { hazards: [], passed: [] };
    for (const pending of facts.pending) {
      const callers = this.#callersOf(pending, path, facts.family);
      const open = callers.find((each) => boundOf(each.caller, pending) === null);
      const [bounded] = callers;
      if (open) joined.hazards.push(...hazardOf(pending, open, callers));
      else if (bounded) {
        const bound = boundOf(bounded.caller, pending);
        if (bound) joined.passed.push({ rule: pending.hazard.rule, line: pending.hazard.line, ...bound });
      }
    }
    return joined;
  }

  #callersOf({ ends, hazard }: Pending<Place>, path: string, family: string): Met[] {
    return ends.flatMap((end) =>
      (this.#callers.get(end.name) ?? [])
        .filter((caller) => caller.path !== path && this.files.get(caller.path)?.family === family)
        .filter(({ call }) => !call.started || !startsItself(hazard.rule))
        .filter((caller) => means(caller.call, caller.path, end, path, this.#names))
        .map((caller) => ({ caller, end })),
    );
  }
}

interface Met {
  caller: Caller;
  /** What of the place's file it calls or fills. */
  end: OpenEnd;
}

/** Is the place itself the start of a task? Then one start for each item is enough to report. */
const startsItself = (rule: string) => ruleById(rule)?.rule.growth === 'task';

const boundOf = ({ call }: Caller, { hazard }: Pending<Place>) =>
  call.bounds.find(({ kind }) => ruleById(hazard.rule)?.rule.bounds.includes(kind)) ?? null;

/**
 * The hazard as it is with the growth that one caller shows. A queue that another file fills without waiting is not
 * bounded by a fix: full, it would fail there.
 */
function hazardOf<T extends Place>(
  { hazard, steps: last, doubt }: Pending<T>,
  { caller: { path, call }, end }: Met,
  all: readonly Met[],
): (T & Reported)[] {
  const rule = ruleById(hazard.rule)?.rule;
  if (!rule) return [];
  const name = `\`${call.parts.join('.')}${call.handed ? '' : '(…)'}\``;
  const said = `${name} on line ${call.line} of ${path}`;
  const evidence = [
    ...call.growth.evidence.map((step) => `${path}: ${step}`),
    call.handed ? `${said} is run for it` : `${said} calls it`,
    ...end.steps,
    ...last,
  ];
  const growth = { ...call.growth, evidence, turns: [], ...(doubt === undefined ? {} : { doubt }) };
  const report = reported(rule, growth);
  const fixes = all.every((each) => each.end.by === 'called' || waits(each.caller.call)) ? hazard.fixes : [];
  return [{ ...hazard, ...report, fixes, message: `${report.message} The way there: ${said}.` }];
}
