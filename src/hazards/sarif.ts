import type { Fix, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { Hazard, HazardSeverity, Scan } from '../model/scan';
import type { Rule } from './rule';
import { describedRule } from './rules/all';
import { complaintOf } from './suppression';
import { namesOf } from './summary';

/** What only the caller knows. */
export interface SarifContext {
  /** Version of this program. */
  version: string;
  /** The scanned root as seen from the working folder, with `/` at its end; empty: it is the working folder. */
  prefix: string;
  /** Ids of the rules that ran. */
  rules: readonly string[];
  /** Makes a short name of a long one, always the same. */
  hash: (text: string) => string;
}

const levels: Record<HazardSeverity, Result.level> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** A scan as SARIF 2.1.0 (OASIS standard, 27 March 2020). */
export function sarifOf({ hazards, skipped, suppressions }: Scan, context: SarifContext): Log {
  const names = namesOf(hazards);
  const known = context.rules.flatMap((id) => describedRule(id) ?? []);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Backpressure Analyzer',
            semanticVersion: context.version,
            rules: known.map(descriptorOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...skipped.map(({ path, reason }) => notification('note', `not read: ${reason}`, context.prefix + path)),
              ...suppressions.flatMap((each) => {
                const complaint = complaintOf(each);
                return complaint === null
                  ? []
                  : [notification('warning', complaint, context.prefix + each.path, each.line)];
              }),
            ],
          },
        ],
        results: hazards.map((hazard, index) => resultOf(hazard, names[index] ?? '', known, context)),
      },
    ],
  };
}

const notification = (level: Notification.level, text: string, file: string, line?: number): Notification => ({
  level,
  message: { text },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: uriOf(file) },
        ...(line !== undefined && { region: { startLine: line } }),
      },
    },
  ],
});

type Described = Pick<Rule, 'id' | 'title' | 'help'>;

const descriptorOf = ({ id, title, help }: Described): ReportingDescriptor => ({
  id,
  name: id
    .split(/[/-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(''),
  shortDescription: { text: title },
  fullDescription: { text: help },
  help: {
    text: `${help} If something else bounds it, say what, in a comment on the line above: backpressure: bounded-by REASON`,
    markdown: `${help}\n\nIf something else bounds it, say what, in a comment on the line above: \`backpressure: bounded-by REASON\``,
  },
  defaultConfiguration: { level: 'warning' },
  properties: { tags: ['backpressure', 'reliability'] },
});

function resultOf(hazard: Hazard, name: string, rules: readonly Described[], { prefix, hash }: SarifContext): Result {
  const { rule, severity, message, path, line, column, endLine, endColumn, suppressed } = hazard;
  const steps = [...hazard.evidence, `Looked for, and not found: ${hazard.lookedFor.join('; ')}`];
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: `${message} ${steps.join('. ')}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(prefix + path) },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    partialFingerprints: { 'hazard/v1': hash(name) },
    ...(hazard.fixes.length > 0 && { fixes: hazard.fixes.map((fix) => fixOf(fix, prefix + path)) }),
    ...(suppressed !== null && { suppressions: [{ kind: 'inSource', justification: suppressed }] }),
    properties: { severity },
  };
}

const fixOf = ({ title, changes }: Hazard['fixes'][number], file: string): Fix => ({
  description: { text: title },
  artifactChanges: [
    {
      artifactLocation: { uri: uriOf(file) },
      replacements: changes.map(({ line, column, endLine, endColumn, text }) => ({
        deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
        insertedContent: { text },
      })),
    },
  ],
});

const uriOf = (path: string) => path.split('/').map(encodeURIComponent).join('/');
