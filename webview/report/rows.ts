import { plain } from '../../src/model/escape';
import type { MissingReason } from '../../src/model/figure';
import type { QueueReport, Report, Severity, StageReport } from '../../src/model/report';
import { queueNodeId, stageId } from '../map/graph';
import { bySeverity, queueName } from '../words';

interface Cell {
  value: number | null;
  missing?: MissingReason | undefined;
  approximate?: string | undefined;
}

/** A queue or a stage as a line of the table. */
export interface TableRow {
  /** Node id, as the map has it. */
  id: string;
  name: string;
  kind: 'queue' | 'stage';
  state: QueueReport['state'] | StageReport['state'];
  severity: Severity;
  reason: string;
  healthy: boolean;
  backlog: Cell;
  age: Cell;
  arrivals: Cell;
  departures: Cell;
}

export type Column = 'name' | 'state' | 'backlog' | 'age' | 'arrivals' | 'departures';

/** `stage-2` before `stage-10`. */
const byName = (a: TableRow, b: TableRow) => a.name.localeCompare(b.name, undefined, { numeric: true });

/** All queues and stages of a report, worst first and then by name, so that rows move only when a state changes. */
export function tableRows(report: Report): TableRow[] {
  const worst = new Map(report.bottlenecks.map(({ stage, severity }) => [stage, severity]));
  return [
    ...report.stages.map((stage) => stageRow(stage, worst.get(stage.name) ?? 'ok')),
    ...report.queues.map(queueRow),
  ].sort((a, b) => bySeverity(a, b) || byName(a, b));
}

const cell = (row: QueueReport, field: 'backlog' | 'ageSeconds' | 'arrivalRate' | 'departureRate'): Cell => ({
  value: row[field],
  missing: row.missing[field],
  approximate: row.approximate[field],
});

function queueRow(queue: QueueReport): TableRow {
  const { id, state, severity, reason } = queue;
  return {
    id: queueNodeId(id),
    name: queueName(queue),
    kind: 'queue',
    state,
    severity,
    reason,
    healthy: state === 'healthy' || state === 'idle',
    backlog: cell(queue, 'backlog'),
    age: cell(queue, 'ageSeconds'),
    arrivals: cell(queue, 'arrivalRate'),
    departures: cell(queue, 'departureRate'),
  };
}

function stageRow(
  { name, state, inputRate, processingRate, waitsFor, missing }: StageReport,
  severity: Severity,
): TableRow {
  const nothing: Cell = { value: null, missing: { kind: 'none', reason: 'A stage holds no messages of its own.' } };
  return {
    id: stageId(name),
    name: plain(name),
    kind: 'stage',
    state,
    severity,
    reason: waitsFor === null ? '' : `waits for ${plain(waitsFor)}`,
    healthy: state === 'busy' || state === 'idle',
    backlog: nothing,
    age: nothing,
    arrivals: { value: inputRate, missing: missing.inputRate },
    departures: { value: processingRate, missing: missing.processingRate },
  };
}

/** Sorted by one column; what has no figure comes last either way. */
export function sorted(rows: readonly TableRow[], column: Column, descending: boolean): TableRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    if (column === 'name') return sign * byName(a, b);
    if (column === 'state') return sign * bySeverity(a, b);
    const [left, right] = [a[column].value, b[column].value];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}
