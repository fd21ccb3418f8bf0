import type { Hazard, HazardSeverity, Passed, Scan } from '../model/scan';
import { hazardSeverities } from '../model/hazardSeverity';
import type { RuleSettings } from '../model/ruleSettings';
import type { TextScan } from './engine';
import { languages } from './languages/all';
import { ruleById } from './rules/all';

/** How bad, as a number: a higher one is worse. */
export const rankOf = (severity: HazardSeverity): number => hazardSeverities.indexOf(severity);

/** Worst first, then by path and place. */
export const inOrder = (hazards: readonly Hazard[]): Hazard[] =>
  [...hazards].sort(
    (a, b) =>
      rankOf(b.severity) - rankOf(a.severity) ||
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column,
  );

/** Sets the severities that the settings name, and leaves out what they turn off. */
export const withSettings = <T extends Pick<Hazard, 'rule' | 'severity'>>(
  hazards: readonly T[],
  { rules }: Pick<RuleSettings, 'rules'>,
): T[] =>
  hazards.flatMap((hazard) => {
    const set = Object.hasOwn(rules, hazard.rule) ? rules[hazard.rule] : undefined;
    if (set === 'off') return [];
    return [set === undefined ? hazard : { ...hazard, severity: set }];
  });

/** What is wrong and not explained away, at or above a severity. `none`: nothing is. */
export const failing = (hazards: readonly Hazard[], from: HazardSeverity | 'none'): Hazard[] =>
  from === 'none' ? [] : hazards.filter((each) => each.suppressed === null && rankOf(each.severity) >= rankOf(from));

/** Bounded places by rule, with what bounds them, most frequent first. */
export function passedByRule(places: readonly TextScan['passed'][number][]): Passed[] {
  const byRule = grouped(places, ({ rule }) => rule);
  return [...byRule]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, ofRule]) => {
      // Threads hand their places in as they come: where as many have two bounds, the order is that of their names.
      const kinds = [...grouped(ofRule, ({ kind }) => kind)].sort(
        ([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1),
      );
      const language = ruleById(rule)?.language;
      const words = kinds.map(
        ([kind, { length }]) => `${length} × ${(language && languages[language].bounds[kind]) ?? kind}`,
      );
      return { rule, places: ofRule.length, text: words.join('; ') };
    });
}

/** What a hazard says, without the lines that it says it of. */
export const sayingOf = ({ rule, path, message }: Pick<Hazard, 'rule' | 'path' | 'message'>): string =>
  JSON.stringify([rule, path, message.replace(/ on line \d+/g, '')]);

/**
 * Names a hazard by what it says and not by its line, so that the name holds while code above it comes and goes. Equal
 * ones in one file are told apart by their order.
 * @returns a name for each hazard, in their order
 */
export function namesOf(hazards: readonly Hazard[]): string[] {
  const seen = new Map<string, number>();
  return hazards.map((hazard) => {
    const said = sayingOf(hazard);
    const count = (seen.get(said) ?? 0) + 1;
    seen.set(said, count);
    return `${said}#${count}`;
  });
}

/** The hazards that an earlier scan of the same root does not have. */
export function newSince(baseline: Pick<Scan, 'hazards'>, hazards: readonly Hazard[]): Hazard[] {
  const known = new Set(namesOf(inPlace(baseline.hazards)));
  const ordered = inPlace(hazards);
  const names = namesOf(ordered);
  return ordered.filter((_hazard, index) => !known.has(names[index] ?? ''));
}

const inPlace = (hazards: readonly Hazard[]) =>
  [...hazards].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column));

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
