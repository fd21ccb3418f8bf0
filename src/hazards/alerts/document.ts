import { isMap, isScalar, isSeq, parseAllDocuments, type Document, type Pair, type YAMLMap } from 'yaml';
import { isNestedTooDeep } from '../../model/nesting';
import { mayHoldRules } from './words';

/** One rule of a Prometheus rule file; offsets are into the text of the file. */
export interface RuleEntry {
  /** Null: it records and pages nobody. */
  alert: string | null;
  /** The expression as it stands in the file, block marks and all. */
  expression: string;
  expressionAt: number;
  /** Where its `expr:` begins. */
  keyAt: number;
  /** As it stands, such as `5m`; null: there is none. */
  waits: string | null;
  /** Where the rule begins. */
  at: number;
}

/** A file of rules: of Prometheus, or a PrometheusRule of its operator. */
export interface RuleFile {
  rules: RuleEntry[];
  /** A document of it is no YAML: what was found holds all the same. */
  broken: boolean;
}

/** The rules of a text; null: it is no file of rules. */
export function ruleFileIn(text: string): RuleFile | null {
  if (!mayHoldRules(text) || isNestedTooDeep(text)) return null;
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return null;
  const rules = documents.flatMap((document) => groupsOf(document).flatMap((group) => rulesOf(group, text)));
  return rules.length > 0 ? { rules, broken: !parsesAsYaml(text) } : null;
}

/** Is it YAML from its beginning to its end? */
export function parsesAsYaml(text: string): boolean {
  const documents = parseAllDocuments(text);
  return !Array.isArray(documents) || documents.every(({ errors }) => errors.length === 0);
}

function groupsOf({ contents }: Document): YAMLMap[] {
  if (!isMap(contents)) return [];
  const spec = contents.get('spec');
  const groups = contents.get('groups') ?? (isMap(spec) ? spec.get('groups') : null);
  return isSeq(groups) ? groups.items.filter((each): each is YAMLMap => isMap(each)) : [];
}

function rulesOf(group: YAMLMap, text: string): RuleEntry[] {
  const rules = group.get('rules');
  if (!isSeq(rules)) return [];
  return rules.items.flatMap((rule) => (isMap(rule) ? (entryOf(rule, text) ?? []) : []));
}

function entryOf(rule: YAMLMap, text: string): RuleEntry | null {
  const expr = pairOf(rule, 'expr');
  const key = expr?.key;
  const value = expr?.value;
  if (!isScalar(key) || !isScalar(value) || !key.range || !value.range || !rule.range) return null;
  return {
    alert: textOf(rule, 'alert'),
    expression: text.slice(value.range[0], value.range[1]),
    expressionAt: value.range[0],
    keyAt: key.range[0],
    waits: textOf(rule, 'for'),
    at: rule.range[0],
  };
}

const pairOf = (map: YAMLMap, name: string): Pair | undefined =>
  map.items.find(({ key }) => isScalar(key) && key.value === name);

function textOf(map: YAMLMap, name: string): string | null {
  const value = pairOf(map, name)?.value;
  return isScalar(value) ? String(value.value) : null;
}
