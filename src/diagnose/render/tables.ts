import { count, duration, percent, rate, shown } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type {
  Bottleneck,
  QueueReport,
  Report,
  StageReport,
  StateChange,
  StepShare,
  Strategy,
} from '../../model/report';
import { trendArrow } from './flowMap';

/** Rows of unescaped text; every renderer escapes and aligns them in its own way. */
export interface Table {
  title: string;
  head: string[];
  rows: string[][];
  /** Columns that hold figures, which stand to the right. */
  figures: number[];
}

/** Queues that need a look, worst first; `quiet` counts those left out because nothing is the matter with them. */
export function queueTable(report: Pick<Report, 'pipeline' | 'queues'>): { table: Table; quiet: number } {
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
    shown(queue.backlog, queue.missing.backlog, count),
    trendArrow(queue).trim() || (queue.trend.state === 'stable' ? '→' : ''),
    shown(queue.arrivalRate, queue.missing.arrivalRate, rate),
    shown(queue.departureRate, queue.missing.departureRate, rate),
    shown(queue.consumers, queue.missing.consumers, count),
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
    shown(stage.inputRate, stage.missing.inputRate, rate),
    shown(stage.processingRate, stage.missing.processingRate, rate),
    shown(stage.serviceRate, stage.missing.serviceRate, rate),
    shown(stage.utilisation, stage.missing.utilisation, percent),
    shown(stage.instances, stage.missing.instances, count),
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

/** Share of time of each step, and how long half and 99 of a hundred of its episodes are at most. */
export function stepTable(steps: readonly StepShare[]): Table {
  const lengths = (half: number | null | undefined, nearly: number | null | undefined) =>
    half == null || nearly == null ? '–' : `${duration(half)} / ${duration(nearly)}`;
  const sides = [
    { title: 'refused p50 / p99', of: ({ sendP50, sendP99 }: StepShare) => lengths(sendP50, sendP99) },
    { title: 'refuses p50 / p99', of: ({ receiveP50, receiveP99 }: StepShare) => lengths(receiveP50, receiveP99) },
  ].filter((side) => steps.some((step) => side.of(step) !== '–'));
  return {
    title: 'Steps',
    head: ['step', 'refused by next', 'refuses', 'episodes', ...sides.map(({ title }) => title)],
    figures: [1, 2, 3, 4, 5],
    rows: steps.map((step) => [
      step.step,
      shown(step.sendShare, step.missing.sendShare, percent),
      shown(step.receiveShare, step.missing.receiveShare, percent),
      shown(step.sendPerSecond, step.missing.sendPerSecond, rate),
      ...sides.map((side) => side.of(step)),
    ]),
  };
}

/** Strategies, what fits best first. */
export const strategyTable = (strategies: readonly Strategy[]): Table => ({
  title: 'Strategies',
  head: ['', 'strategy', 'overflow', 'why', 'trade-off'],
  figures: [0],
  rows: strategies.map(({ kind, overflow, rank, fits, tradeOff }) => [
    String(rank),
    kind,
    overflow ?? '',
    fits,
    tradeOff,
  ]),
});

/** Beyond this many changes only the latest are shown; all are in the JSON. */
const mostChanges = 20;

/** The latest changes of state, oldest first. */
export function timelineTable({ timeline, queues }: Report): Table {
  const labels = new Map(queues.map((queue) => [queue.id, queueLabel(queue)]));
  const row = ({ at, queue, from, to, reason }: StateChange) => [
    at,
    labels.get(queue) ?? queue,
    from ?? 'new',
    to,
    reason,
  ];
  return {
    title:
      timeline.length > mostChanges ? `Timeline (the last ${mostChanges} of ${count(timeline.length)})` : 'Timeline',
    head: ['at', 'queue', 'from', 'to', 'why'],
    figures: [],
    rows: timeline.slice(-mostChanges).map(row),
  };
}
