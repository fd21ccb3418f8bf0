import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { folder, projectRoot, runFolder } from './tools';

/** What Grafana's own types are of what JSON can hold: no methods, and the words of an enumeration as text. */
const types = `
import type * as alerting from '@grafana/grafana-foundation-sdk/alerting';
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type * as expr from '@grafana/grafana-foundation-sdk/expr';
import type * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
type Data<T> = T extends (...all: never[]) => unknown ? never
  : T extends string ? \`\${T}\`
  : T extends readonly (infer Item)[] ? Data<Item>[]
  : T extends object ? { [Key in keyof T as T[Key] extends (...all: never[]) => unknown ? never : Key]: Data<T[Key]> }
  : T;
type PanelOf<T> = T extends { targets?: unknown } ? Omit<T, 'targets'> & { targets: Data<prometheus.Dataquery>[] } : T;
type Dashboard = Omit<Data<dashboard.Dashboard>, 'panels'> & { panels: PanelOf<NonNullable<Data<dashboard.Dashboard>['panels']>[number]>[] };
type Query = Omit<Data<alerting.Query>, 'model'> & { model: Data<prometheus.Dataquery> | Data<expr.TypeThreshold> };
/** In a file the folder, the organisation and the group stand above the rules. */
type Rule = Omit<Data<alerting.Rule>, 'data' | 'folderUID' | 'orgID' | 'ruleGroup'> & { data: Query[] };
`;

/**
 * What the compiler says against texts as values of Grafana's types, with the first few lines of each complaint; empty when
 * they fit.
 */
export function grafanaProblems(values: { type: 'Dashboard' | 'Rule'; value: unknown }[]): string[] {
  const home = mkdtempSync(path.join(folder(runFolder), 'grafana-'));
  folder(home, 'node_modules');
  symlinkSync(path.join(projectRoot, 'node_modules/@grafana'), path.join(home, 'node_modules/@grafana'));
  const file = path.join(home, 'values.ts');
  const lines = values.map(({ type, value }, i) => `export const value${i}: ${type} = ${JSON.stringify(value)};`);
  writeFileSync(file, [types, ...lines].join('\n'));
  const program = ts.createProgram([file], {
    ...{ strict: true, noEmit: true, types: [], skipLibCheck: true },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
