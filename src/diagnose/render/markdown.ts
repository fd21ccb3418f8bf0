import { markdown, plain } from '../../model/escape';
import { count, percent } from '../../model/format';
import type { Bottleneck, QueueReport, Report, Runbook } from '../../model/report';
import { windowText } from '../notes';
import { bottleneckRows, queueTable, stageTable, stepTable, strategyTable, timelineTable, type Table } from './tables';

/** The report as Markdown that stands in an issue or a chat. Everything from outside is escaped. Ends with a line feed. */
export function renderMarkdown(report: Report): string {
  const { table, quiet } = queueTable(report);
  const title = report.pipeline === '' ? 'Backpressure report' : `Backpressure report: ${report.pipeline}`;
  const measured = `Measured over ${windowText(report.window.seconds, report.window.samples)}, until ${report.window.to}.`;
  return `${[
    `# ${markdown(title)}`,
    `**${markdown(report.sentence)}**`,
    markdown(measured),
    ...report.bottlenecks.flatMap(bottleneckParts),
    ...tableParts(table),
    ...(quiet > 0 ? [`${count(quiet)} more with nothing the matter.`] : []),
    ...tableParts(stageTable(report)),
    ...tableParts(timelineTable(report)),
    ...tableParts(stepTable(report.steps)),
    ...tableParts(strategyTable(report.strategies)),
    ...report.runbooks.flatMap(runbookParts),
    ...listParts(
      'Notes',
      report.notes.map(({ level, text }) => `${level}: ${markdown(text)}`),
    ),
  ].join('\n\n')}\n`;
}

function bottleneckParts(bottleneck: Bottleneck): string[] {
  const { stage, broker, cause, otherCauses, recommendations, next } = bottleneck;
  return [
    `## Bottleneck: ${markdown(stage ?? broker ?? '')}`,
    tableText(['figure', 'value'], bottleneckRows(bottleneck), [1]),
    ...listParts(
      'What to do',
      recommendations.map(({ title, why, commands }) =>
        [`**${markdown(title)}.** ${markdown(why)}`, ...commands.map((command) => `\n\n   ${codeSpan(command)}`)].join(
          '',
        ),
      ),
      true,
    ),
    ...(next ? [`Then look at ${markdown(next.stage)}.`] : []),
    ...listParts(`Why: ${cause.kind} (${percent(cause.confidence)})`, cause.evidence.map(markdown)),
    ...listParts(
      'Also possible',
      otherCauses.map(
        ({ kind, confidence, evidence }) => `${kind} (${percent(confidence)}): ${markdown(evidence.join(' '))}`,
      ),
    ),
  ];
}

/** One queue as a table of its own, with the head of the report's. */
export function queueMarkdown(queue: QueueReport): string {
  const { head, rows, figures } = queueTable({ pipeline: queue.id, queues: [queue] }).table;
  return tableText(head, rows, figures);
}

/** One runbook as a document of its own. */
export const runbookMarkdown = (runbook: Runbook): string => `${runbookParts(runbook).join('\n\n').slice(1)}\n`;

function runbookParts({ title, steps }: Runbook): string[] {
  const items = steps.map(({ text, command, loses }, i) =>
    [
      `${i + 1}. ${markdown(text)}`,
      ...(loses === undefined ? [] : [`   **Loses:** ${markdown(loses)}`]),
      ...(command === null ? [] : [`   ${codeSpan(command)}`]),
    ].join('\n\n'),
  );
  return [`## Runbook: ${markdown(title)}`, items.join('\n')];
}

const listParts = (title: string, items: readonly string[], numbered = false) =>
  items.length === 0
    ? []
    : [`### ${title}`, items.map((item, i) => `${numbered ? `${i + 1}.` : '-'} ${item}`).join('\n')];

const tableParts = ({ title, head, rows, figures }: Table) =>
  rows.length === 0 ? [] : [`## ${title}`, tableText(head, rows, figures)];

function tableText(head: readonly string[], rows: readonly (readonly string[])[], figures: readonly number[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map((_, column) => (figures.includes(column) ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(markdown))),
  ].join('\n');
}

/** A fence longer than any run of backticks inside, since nothing can be escaped in a code span. */
function codeSpan(command: string): string {
  const text = plain(command);
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}
