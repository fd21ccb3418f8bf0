import type { Found, ScanOptions, TextScan } from '../engine';
import { applied } from '../fixes/edits';
import { alertChecks } from '../rules/alerts/all';
import { explain, type Comment } from '../suppression';
import type { AlertFacts } from './coverage';
import { parsesAsYaml, ruleFileIn, type RuleEntry } from './document';
import { imagesIn, selectedIn } from './metrics';

/** What is wrong with the alert rules of a text of YAML; nothing, where it is no file of rules. */
export function scanAlerts(text: string, path: string, { only }: ScanOptions): TextScan {
  const hazards: Found[] = [];
  const passed: TextScan['passed'] = [];
  const file = ruleFileIn(text);
  const placeOf = placesIn(text);
  for (const rule of file?.rules ?? [])
    for (const check of alertChecks) {
      const verdict = check.judge(rule, text);
      if (!verdict) continue;
      if ('right' in verdict) {
        passed.push({ rule: check.id, line: placeOf(rule.keyAt).line, kind: 'configured', bound: verdict.right });
        continue;
      }
      const from = placeOf(verdict.start);
      const to = placeOf(verdict.end);
      const fixed = verdict.fix && parsesAsYaml(applied(text, verdict.fix.edits)) ? verdict.fix : null;
      hazards.push({
        ...{ rule: check.id, severity: check.severity, level: 'diagnostic', path, suppressed: null, queue: null },
        ...{ line: from.line, column: from.column, endLine: to.line, endColumn: to.column },
        ...{ message: verdict.message, evidence: verdict.evidence, lens: verdict.lens, lookedFor: [check.lookedFor] },
        fixes: fixed ? [{ id: `${check.id}/${fixed.name}`, title: fixed.title, edits: fixed.edits }] : [],
      });
    }
  const suppressions = file ? explain(hazards, commentsIn(text)) : [];
  const asked = ({ rule }: { rule: string }) => only?.includes(rule) ?? true;
  return {
    ...{ hazards: hazards.filter(asked), passed: passed.filter(asked), suppressions },
    alerts: {
      rules: file !== null,
      alerted: alertedIn(file?.rules ?? [], path, placeOf),
      images: imagesIn(text),
    },
    ...{
      references: [],
      told: null,
      skipped: null,
      broken: file?.broken ? [{ line: 1, endLine: placeOf(text.length).line }] : [],
    },
  };
}

const alertedIn = (rules: readonly RuleEntry[], path: string, placeOf: PlaceOf): AlertFacts['alerted'] =>
  rules.flatMap(({ alert, expression, expressionAt }) =>
    selectedIn(alert === null ? '' : expression).map(({ at, metric, text, exporter, system }) => {
      const { line, column } = placeOf(expressionAt + at);
      return { metric, text, exporter, system, path, line, column, endColumn: column + metric.length };
    }),
  );

const commentsIn = (text: string): Comment[] =>
  text.split('\n').flatMap((line, index) => {
    const comment = /(^|\s)#.*$/.exec(line)?.[0];
    return comment === undefined ? [] : [{ text: comment, line: index + 1, endLine: index + 1 }];
  });

type PlaceOf = (offset: number) => { line: number; column: number };

/** Line and column, from 1, of an offset. */
function placesIn(text: string): PlaceOf {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
