import type { Node } from 'web-tree-sitter';
import { relaxed, type Environment } from '../model/environment';
import { hazardSeverities } from '../model/hazardSeverity';
import type { Pending } from './across/facts';
import type { Found, TextScan } from './engine';
import { reported } from './report';
import type { BoundKind, Growth, LanguageAdapter, Rule, SourceFacts } from './rule';

/** Places that rules could speak about, by rule. */
export type RulePlaces = readonly (readonly [rule: Rule, places: readonly Node[]])[];

/** The file whose places are judged. */
export interface JudgedFile {
  facts: SourceFacts;
  adapter: LanguageAdapter;
  /** How it is named in the result. */
  path: string;
  text: string;
  /** What files of the workspace set for its program. */
  environment: Environment;
}

/** A bound that was found, in words. */
interface Held {
  kind: BoundKind;
  bound: string;
}

/** Asks both gates about each place: what makes its count grow, and what bounds it. */
export function judge(
  all: RulePlaces,
  file: JudgedFile,
): Pick<TextScan, 'hazards' | 'passed'> & { pending: Pending<Found>[] } {
  const hazards: Found[] = [];
  const pending: Pending<Found>[] = [];
  const passed: TextScan['passed'] = [];
  for (const [rule, places] of all) {
    for (const node of places) {
      const growth = file.facts.growthOf(node, rule.growth);
      if (!growth) continue;
      const bound = firstBound(rule, growth, node, file);
      const found = () => hazardAt(node, rule, growth, file);
      if (growth.open) {
        const { open: ends, evidence: steps, doubt } = growth;
        if (bound === null) pending.push({ hazard: found(), ends, steps, ...(doubt === undefined ? {} : { doubt }) });
        const { meanwhile } = growth;
        const held = meanwhile && (bound ?? firstBound(rule, meanwhile, node, file));
        if (held) passed.push({ rule: rule.id, line: node.startPosition.row + 1, ...held });
        else if (meanwhile) hazards.push(hazardAt(node, rule, meanwhile, file));
      } else if (bound !== null) passed.push({ rule: rule.id, line: node.startPosition.row + 1, ...bound });
      else hazards.push(found());
    }
  }
  return { hazards: toldOnce(hazards), passed, pending };
}

/** What is made longer at several places is told once, where it is made, as the worst of them. */
function toldOnce(hazards: readonly Found[]): Found[] {
  const worst = new Map<string, Found>();
  for (const hazard of hazards) {
    const place = `${hazard.rule}:${hazard.line}:${hazard.column}`;
    const known = worst.get(place);
    if (!known || rank(known) < rank(hazard)) worst.set(place, hazard);
  }
  return [...worst.values()];
}

const rank = ({ severity }: Found) => hazardSeverities.indexOf(severity);

function firstBound(rule: Rule, growth: Growth, place: Node, { facts, environment }: JudgedFile): Held | null {
  for (const kind of rule.bounds) {
    const bound = facts.boundOf(kind, growth, place);
    if (bound !== null) return { kind, bound };
  }
  return configured(growth.settings ?? [], environment);
}

/** A setting of the workspace that bounds it. Where files differ, none of them is believed. */
function configured(settings: readonly string[], environment: Environment): Held | null {
  for (const name of settings) {
    const set = environment.get(relaxed(name));
    const isBound = set?.value != null && /^\d+$/.test(set.value) && Number(set.value) < 2 ** 31 - 1;
    if (isBound) return { kind: 'configured', bound: `\`${name}\` is ${set.value} in ${set.origin}` };
  }
  return null;
}

function hazardAt(place: Node, rule: Rule, growth: Growth, { adapter, path, text }: JudgedFile): Found {
  const { startPosition: start, endPosition: end } = growth.made ?? place;
  return {
    rule: rule.id,
    ...reported(rule, growth),
    path,
    line: start.row + 1,
    column: start.column + 1,
    endLine: end.row + 1,
    endColumn: end.column + 1,
    lookedFor: rule.bounds.map((kind) => adapter.bounds[kind] ?? kind),
    fixes: rule.fixes?.flatMap((make) => make(place, growth, text) ?? []) ?? [],
    suppressed: null,
    queue: null,
  };
}
