import { plain } from '../../model/escape';
import { count, percent } from '../../model/format';
import type { Bottleneck, Report, Runbook, Severity, Strategy } from '../../model/report';
import { windowText } from '../notes';
import { flowMap } from './flowMap';
import { letters } from './letters';
import { bottleneckRows, queueTable, stageTable, stepTable, timelineTable, type Table } from './tables';

/** Where the text is read. */
export interface TextOptions {
  /** Columns of the terminal. */
  width: number;
  /** ANSI colours; only where a terminal reads it. */
  color: boolean;
}

type Paint = (text: string) => string;
interface Paints {
  strong: Paint;
  faint: Paint;
  severity: Record<Severity, Paint>;
}

const ansi =
  (code: number): Paint =>
  (text) =>
    `\u001b[${code}m${text}\u001b[0m`;
const same: Paint = (text) => text;
const painted: Paints = {
  strong: ansi(1),
  faint: ansi(2),
  severity: { ok: same, info: same, warning: ansi(33), critical: ansi(31) },
};
const bare: Paints = {
  strong: same,
  faint: same,
  severity: { ok: same, info: same, warning: same, critical: same },
};

/** More would bury the figures; the other formats have them all. */
const mostRunbooks = 3;

/** The report for a terminal or a pipe: the sentence, the flow map, the proof, tables, notes. Ends with a line feed. */
export function renderText(report: Report, { width, color }: TextOptions): string {
  const paints = color ? painted : bare;
  const wrap = wrapper(width);
  const { table, quiet } = queueTable(report);
  const blocks = [
    wrap(report.sentence).map(paints.strong),
    wrap(`Measured over ${windowText(report.window.seconds, report.window.samples)}, until ${report.window.to}.`).map(
      paints.faint,
    ),
    flowMap(report, Math.max(40, width)),
    ...report.bottlenecks.map((bottleneck) => bottleneckBlock(bottleneck, wrap, paints)),
    tableBlock(table, width, paints),
    quiet > 0 ? [paints.faint(`${count(quiet)} more with nothing the matter.`)] : [],
    tableBlock(stageTable(report), width, paints),
    tableBlock(timelineTable(report), width, paints),
    tableBlock(stepTable(report.steps), width, paints),
    strategyBlock(report.strategies, wrap, paints),
    ...report.runbooks.slice(0, mostRunbooks).map((runbook) => runbookBlock(runbook, wrap, paints)),
    report.runbooks.length > mostRunbooks
      ? [paints.faint(`${report.runbooks.length - mostRunbooks} more runbooks in the other formats.`)]
      : [],
    report.notes.flatMap(({ level, text }) => wrap(`${level}: ${text}`, '  ')),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

type Wrap = (text: string, indent?: string) => string[];

const wrapper =
  (width: number): Wrap =>
  (text, indent = '') =>
    wrapWords(plain(text), Math.max(40, width), indent);

function bottleneckBlock(bottleneck: Bottleneck, wrap: Wrap, paints: Paints): string[] {
  const { stage, broker, cause, otherCauses, recommendations, severity, next } = bottleneck;
  const figures = bottleneckRows(bottleneck).map(([label, text]) => `${label} ${text}`);
  const others = otherCauses.map(({ kind, confidence }) => `${kind} (${percent(confidence)})`);
  return [
    paints.severity[severity](`Bottleneck: ${plain(stage ?? broker ?? '')}`),
    ...wrap(`  ${figures.join(' · ')}`, '  '),
    ...wrap(`  Cause: ${cause.kind} (${percent(cause.confidence)}). ${cause.evidence.join(' ')}`, '    '),
    ...(others.length > 0 ? wrap(`  Also possible: ${others.join(', ')}.`, '    ') : []),
    ...recommendations.flatMap(({ title, why, commands }, i) => [
      ...wrap(`  ${i + 1}. ${title}. ${why}`, '     '),
      ...commands.map((command) => `     $ ${plain(command)}`),
    ]),
    ...(next ? wrap(`  Then look at ${next.stage}.`, '    ') : []),
  ];
}

function strategyBlock(strategies: readonly Strategy[], wrap: Wrap, paints: Paints): string[] {
  if (strategies.length === 0) return [];
  const line = ({ kind, overflow, rank, fits }: Strategy) =>
    wrap(`  ${rank}. ${kind}${overflow === null ? '' : ` (${overflow})`}: ${fits}`, '     ');
  return [paints.strong('Strategies'), ...strategies.flatMap(line)];
}

function runbookBlock({ title, steps }: Runbook, wrap: Wrap, paints: Paints): string[] {
  return [
    paints.strong(`Runbook: ${plain(title)}`),
    ...steps.flatMap(({ text, command, loses }, i) => [
      ...wrap(`  ${i + 1}. ${text}`, '     '),
      ...(loses === undefined ? [] : wrap(`     LOSES: ${loses}`, '     ').map(paints.severity.critical)),
      ...(command === null ? [] : [`     $ ${plain(command)}`]),
    ]),
  ];
}

/** The strategies with their trade-offs, after the sentence of the report they come from. */
export const strategiesText = ({ sentence, strategies }: Report, { width, color }: TextOptions): string => {
  const wrap = wrapper(width);
  const none = strategies.length === 0 ? ['No strategy is called for.'] : [];
  const traded = strategies.map((strategy) => ({ ...strategy, fits: `${strategy.fits} But: ${strategy.tradeOff}` }));
  const block = strategyBlock(traded, wrap, color ? painted : bare);
  return [...wrap(sentence), '', ...none, ...block].join('\n');
};

/** A table for a terminal or a pipe; empty without rows. */
export const tableText = (table: Table, { width, color }: TextOptions): string =>
  tableBlock(table, width, color ? painted : bare).join('\n');

/** The last column takes what is left of the width and is cut there; the reasons stand whole in the other formats. */
function tableBlock({ title, head, rows, figures }: Table, width: number, paints: Paints): string[] {
  if (rows.length === 0) return [];
  const cells = [head, ...rows.map((row) => row.map(plain))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => letters(row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - letters(cell).length));
        return figures.includes(column) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
  return [
    paints.strong(title),
    ...lines.map((line, i) => (i === 0 ? paints.faint(fit(line, width)) : fit(line, width))),
  ];
}

const fit = (line: string, width: number) => {
  const seen = letters(line);
  return seen.length <= width ? line : `${seen.slice(0, Math.max(1, width - 1)).join('')}…`;
};

/** A figure and its unit are one word: `15 m 43 s`, `130 k`, `71 %`. */
const words = /[^ ]*\d (?:m \d+ s|ms|[kMGsmhd%])(?![\p{L}\d])[^ ]*|[^ ]+/gu;

function wrapWords(text: string, width: number, indent: string): string[] {
  const lead = /^ */.exec(text)?.[0] ?? '';
  const rows: string[] = [];
  let row = lead;
  for (const word of text.match(words) ?? []) {
    const isFirst = row.trim() === '';
    if (!isFirst && row.length + 1 + word.length > width) {
      rows.push(row);
      row = indent + word;
    } else row += (isFirst ? '' : ' ') + word;
  }
  return [...rows, row];
}
