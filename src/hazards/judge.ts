import type { Node } from 'web-tree-sitter';
import type { Pending } from './across/facts';
import type { Found, TextScan } from './engine';
import { reported } from './report';
import type { BoundKind, Growth, LanguageAdapter, Rule, SourceFacts } from './rule';

/** Places that rules could speak about, by rule. */
export type RulePlaces = readonly (readonly [rule: Rule, places: readonly Node[]])[];

/** Asks both gates about each place: what makes its count grow, and what bounds it. */
export function judge(
  all: RulePlaces,
  facts: SourceFacts,
  adapter: LanguageAdapter,
  path: string,
  text: string,
): Pick<TextScan, 'hazards' | 'passed'> & { pending: Pending<Found>[] } {
  const hazards: Found[] = [];
  const pending: Pending<Found>[] = [];
  const passed: TextScan['passed'] = [];
  for (const [rule, places] of all) {
    for (const node of places) {
      const growth = facts.growthOf(node, rule.growth);
      if (!growth) continue;
      const bound = firstBound(rule, growth, node, facts);
      const found = () => hazardAt(node, rule, growth, adapter, path, text);
      if (growth.open) {
        const { open: ends, evidence: steps, doubt } = growth;
        if (bound === null) pending.push({ hazard: found(), ends, steps, ...(doubt === undefined ? {} : { doubt }) });
        const { meanwhile } = growth;
        const held = meanwhile && (bound ?? firstBound(rule, meanwhile, node, facts));
        if (held) passed.push({ rule: rule.id, line: node.startPosition.row + 1, ...held });
        else if (meanwhile) hazards.push(hazardAt(node, rule, meanwhile, adapter, path, text));
      } else if (bound !== null) passed.push({ rule: rule.id, line: node.startPosition.row + 1, ...bound });
      else hazards.push(found());
    }
  }
  return { hazards, passed, pending };
}

function firstBound(
  rule: Rule,
  growth: Growth,
  place: Node,
  facts: SourceFacts,
): { kind: BoundKind; bound: string } | null {
  for (const kind of rule.bounds) {
    const bound = facts.boundOf(kind, growth, place);
    if (bound !== null) return { kind, bound };
  }
  return null;
}

function hazardAt(
  place: Node,
  rule: Rule,
  growth: Growth,
  adapter: LanguageAdapter,
  path: string,
  text: string,
): Found {
  return {
    rule: rule.id,
    ...reported(rule, growth),
    path,
    line: place.startPosition.row + 1,
    column: place.startPosition.column + 1,
    endLine: place.endPosition.row + 1,
    endColumn: place.endPosition.column + 1,
    lookedFor: rule.bounds.map((kind) => adapter.bounds[kind] ?? kind),
    fixes: rule.fixes?.flatMap((make) => make(place, growth, text) ?? []) ?? [],
    suppressed: null,
    queue: null,
  };
}
