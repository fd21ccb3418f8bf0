import { count, duration, percent, rate } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { Missing } from '../../model/figure';
import type { Bottleneck, QueueReport, Report, StageReport } from '../../model/report';
import { trendArrow } from './flowMap';

/** Rows of unescaped text; every renderer escapes and aligns them in its own way. */
export interface Table {
  title: string;
  head: string[];
  rows: string[][];
  /** Columns that hold figures, which stand to the right. */
  figures: number[];
}

/** `?` where a figure could not be read, `–` where there is nothing to count (references/look.md, numbers). */
export function shown(
  row: { missing: Missing },
  field: string,
  value: number | null,
  format: (value: number) => string,
): string {
  return value === null ? (row.missing[field]?.kind === 'none' ? '–' : '?') : format(value);
}

/** Queues that need a look, worst first; `quiet` counts those left out because nothing is the matter with them. */
export function queueTable(report: Report): { table: Table; quiet: number } {
  const severities = ['critical', 'warning', 'info', 'ok'];
  const named = report.pipeline !== '' || report.queues.length <= 20;
  const rows = report.queues
    .filter((queue) => named || queue.severity !== 'ok')
    .toSorted(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (b.backlog ?? 0) - (a.backlog ?? 0),
    );
  const table: Table = {
    title: 'Queues',
    head: ['queue', 'backlog', 'trend', 'in', 'out', 'consumers', 'drains', 'state', 'why'],
    figures: [1, 2, 3, 4, 5, 6],
    rows: rows.map(queueRow),
  };
  return { table, quiet: report.queues.length - rows.length };
}

function queueRow(queue: QueueReport): string[] {
  return [
    queueLabel(queue),
    shown(queue, 'backlog', queue.backlog, count),
    trendArrow(queue).trim() || (queue.trend.state === 'stable' ? '→' : ''),
    shown(queue, 'arrivalRate', queue.arrivalRate, rate),
    shown(queue, 'departureRate', queue.departureRate, rate),
    shown(queue, 'consumers', queue.consumers, count),
    drainText(queue),
    queue.state,
    queue.reason,
  ];
}

/** An empty queue has nothing to say here. */
function drainText({ trend, drainSeconds }: QueueReport): string {
  if (trend.state === 'growing') return 'never';
  return trend.state === 'draining' && drainSeconds !== null ? duration(drainSeconds) : '';
}

export const stageTable = ({ stages }: Report): Table => ({
  title: 'Stages',
  head: ['stage', 'state', 'in', 'done', 'can do', 'busy', 'instances', 'waits for'],
  figures: [2, 3, 4, 5, 6],
  rows: stages.map((stage: StageReport) => [
    stage.name,
    stage.state,
    shown(stage, 'inputRate', stage.inputRate, rate),
    shown(stage, 'processingRate', stage.processingRate, rate),
    shown(stage, 'serviceRate', stage.serviceRate, rate),
    shown(stage, 'utilisation', stage.utilisation, percent),
    shown(stage, 'instances', stage.instances, count),
    stage.waitsFor ?? '',
  ]),
});

/** The figures of one bottleneck, each with its unit. */
export function bottleneckRows(bottleneck: Bottleneck): [label: string, text: string][] {
  const { inputRate, processingRate, deficit, backlog, drainText, confidence } = bottleneck;
  const known = (value: number | null, format: (value: number) => string) => (value === null ? '?' : format(value));
  return [
    ['in', known(inputRate, rate)],
    ['out', known(processingRate, rate)],
    ['deficit', rate(deficit)],
    ['backlog', known(backlog, count)],
    ['drains', drainText],
    ['sure', percent(confidence)],
  ];
}
