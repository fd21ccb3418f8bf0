import type { Language, Rule } from '../rule';
import { anyOf } from '../words';
import { alertChecks, workspaceChecks } from './alerts/all';
import { csharpRules } from './csharp/all';
import { goRules } from './go/all';
import { javaRules } from './java/all';
import { jsRules } from './js/all';
import { pyRules } from './py/all';
import { rustRules } from './rust/all';

/** Words that are one expression too are asked only of a text that may hold its pieces. */
const askedWhereNeeded = (rule: Rule): Rule => ({ ...rule, words: anyOf(rule.words) });

const ofJavaScript = jsRules.map(askedWhereNeeded);

/** Every rule by language: a new one adds its folder and its name here. */
export const rules: Readonly<Record<Language, readonly Rule[]>> = {
  go: goRules.map(askedWhereNeeded),
  javascript: ofJavaScript,
  typescript: ofJavaScript,
  tsx: ofJavaScript,
  python: pyRules.map(askedWhereNeeded),
  java: javaRules.map(askedWhereNeeded),
  rust: rustRules.map(askedWhereNeeded),
  csharp: csharpRules.map(askedWhereNeeded),
};

const languageIds = Object.keys(rules) as Language[];

/** A rule and the language whose files it reads; null: there is none of that id. */
export function ruleById(id: string): { language: Language; rule: Rule } | null {
  for (const language of languageIds) {
    const rule = rules[language].find((each) => each.id === id);
    if (rule) return { language, rule };
  }
  return null;
}

/** What a rule says of itself, whether it reads source or alert rules; null: there is none of that id. */
export const describedRule = (id: string): Pick<Rule, 'id' | 'title' | 'help'> | null =>
  ruleById(id)?.rule ?? [...alertChecks, ...workspaceChecks].find((each) => each.id === id) ?? null;

/** Ids of all rules, each once, sorted. */
export const ruleIds = (): string[] =>
  [...new Set([...Object.values(rules).flat(), ...alertChecks, ...workspaceChecks].map(({ id }) => id))].sort();
