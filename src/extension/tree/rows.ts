import { markdown, plain } from '../../model/escape';
import { plural } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { QueueReport } from '../../model/report';
import { severities } from '../../model/severity';
import type { BrokerError, BrokerReading } from '../../model/sweep';
import type { Origin } from '../watchedBroker';
import { queueDescription, queueName, queueSpoken, queueTooltip, severityColor, stateIcons } from './queueText';

/** One row of the tree as it is shown, apart from the editor so that two states of the tree can be compared. */
export interface Row {
  /** Says what the row is, never how it is doing: it stays while figures change. */
  id: string;
  parent: string | null;
  children: string[];
  label: string;
  description: string;
  icon: { id: string; color: string | null };
  /** For the `when` clauses of menus. */
  kind: string;
  spoken: string;
  expanded: boolean;
  command: { id: string; title: string; argument: string } | null;
  /** Markdown; made when the pointer rests on the row. */
  tooltip: () => string;
}

/** What the tree shows of one broker. */
export interface BrokerView {
  name: string;
  origin: Origin;
  /** Null before the first sweep. */
  reading: BrokerReading | null;
  queues: readonly QueueReport[];
  past: (id: string) => readonly (readonly [at: number, backlog: number])[];
}

const worst = (a: QueueReport, b: QueueReport) =>
  severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
  stateRank.indexOf(a.state) - stateRank.indexOf(b.state) ||
  (b.backlog ?? -1) - (a.backlog ?? -1) ||
  (a.id < b.id ? -1 : 1);
const stateRank: QueueReport['state'][] = [
  'data-loss-risk',
  'stuck',
  'no-consumer',
  'growing',
  'at-capacity',
  'draining',
  'stale',
  'unknown',
  'healthy',
  'idle',
];

/** Worst first; the order of a list changes only when a queue comes, goes or changes its state, so rows don't jump under the hand. */
export class WorstFirst {
  readonly #orders = new Map<string, { states: string; ids: string[] }>();

  /** The queues of one list in order. */
  sort(list: string, queues: readonly QueueReport[]): QueueReport[] {
    const states = JSON.stringify(queues.map(({ id, state, severity }) => [id, state, severity]).sort());
    const known = this.#orders.get(list);
    const ids = known?.states === states ? known.ids : [...queues].sort(worst).map(({ id }) => id);
    this.#orders.set(list, { states, ids });
    const byId = new Map(queues.map((queue) => [queue.id, queue]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** The whole tree by row id; the rows without a parent come in the order of the brokers. */
export function treeRows(
  brokers: readonly BrokerView[],
  broken: readonly { name: string; problem: string }[],
  order: WorstFirst,
): Map<string, Row> {
  const rows = new Map<string, Row>();
  const add = (row: Row) => {
    rows.set(row.id, row);
    if (row.parent !== null) rows.get(row.parent)?.children.push(row.id);
  };
  for (const broker of brokers) {
    const id = `broker:${broker.name}`;
    add(brokerRow(id, broker));
    if (broker.reading?.error) add(errorRow(id, broker.name, broker.origin, broker.reading.error));
    if (broker.reading?.state !== 'failed') addQueues(id, broker, order, add);
  }
  for (const { name, problem } of broken) {
    add({
      ...plainRow(`broken:${name}`, null, `${plain(name)}: ${plain(problem)}`),
      description: 'Open Settings…',
      icon: { id: 'error', color: 'list.errorForeground' },
      kind: 'saved-broken',
      command: { id: 'workbench.action.openSettings', title: 'Open Settings', argument: 'backpressure.connections' },
    });
  }
  return rows;
}

/** A destination shows the figures of its worst group, so that they can be read in a narrow side bar; its groups are below it. */
function addQueues(parent: string, { queues, past }: BrokerView, order: WorstFirst, add: (row: Row) => void): void {
  const byDestination = new Map<string, QueueReport[]>();
  for (const queue of order.sort(parent, queues)) {
    const destination = JSON.stringify([queue.namespace, queue.destination]);
    byDestination.set(destination, [...(byDestination.get(destination) ?? []), queue]);
  }
  for (const [destination, groups] of byDestination) {
    const [first] = groups;
    if (!first) continue;
    if (groups.length === 1 && first.group === null) {
      add(queueRow(parent, first, queueName(first), past));
      continue;
    }
    const id = `${parent} ${destination}`;
    add({
      ...plainRow(id, parent, plain(queueLabel({ ...first, group: null }))),
      description: queueDescription(first),
      icon: { id: stateIcons[first.state], color: severityColor(first.severity) },
      kind: 'destination',
      spoken:
        groups.length === 1 ? queueSpoken(first) : `${plural(groups.length, 'group')}, worst: ${queueSpoken(first)}`,
      tooltip: () => queueTooltip(first, past(first.id)),
    });
    for (const queue of groups) add(queueRow(id, queue, plain(queue.group ?? 'no group'), past));
  }
}

const plainRow = (id: string, parent: string | null, label: string): Row => ({
  id,
  parent,
  children: [],
  label,
  description: '',
  icon: { id: 'circle-outline', color: null },
  kind: 'none',
  spoken: label,
  expanded: false,
  command: null,
  tooltip: () => markdown(label),
});

function brokerRow(id: string, { name, origin, reading, queues }: BrokerView): Row {
  const growing = queues.filter(({ state }) => state === 'growing').length;
  const kind = `${origin}-${reading?.state ?? 'waiting'}`;
  const base = { ...plainRow(id, null, plain(name)), kind, expanded: true };
  if (!reading) return { ...base, description: 'reading…', icon: { id: 'loading~spin', color: null } };
  const said = reading.error ? `\n\n${markdown(reading.error.message)}: ${markdown(reading.error.next)}` : '';
  const pressure = reading.pressure.map((word) => `\n\n${markdown(word)}`).join('');
  const tooltip = () => `**${markdown(name)}** · ${reading.system}\n\n${markdown(reading.url)}${said}${pressure}`;
  if (reading.state === 'failed') {
    return { ...base, description: reading.system, icon: { id: 'error', color: 'list.errorForeground' }, tooltip };
  }
  const figures = [
    ...reading.pressure.map(plain),
    growing > 0 ? `${growing} of ${plural(queues.length, 'queue')} growing` : plural(queues.length, 'queue'),
  ];
  const icon = reading.pressure.length > 0 || reading.state === 'partial' ? 'warning' : 'server';
  return {
    ...base,
    description: figures.join(' · '),
    icon: { id: icon, color: icon === 'warning' ? 'list.warningForeground' : null },
    tooltip,
    spoken: `${plain(name)}, ${figures.join(', ')}`,
  };
}

const whatHappened: Record<BrokerError['code'], string> = {
  unreachable: 'cannot be reached',
  timeout: 'no answer in time',
  denied: 'not let in',
  tls: 'no secure connection',
  'wrong-system': 'another kind of server answers',
  unsupported: 'cannot be read by this version',
  unknown: 'cannot be read',
};

/** What happened, then the action, which the row does when it is chosen; the broker's own words stand behind. */
function errorRow(parent: string, broker: string, origin: Origin, error: BrokerError): Row {
  const action =
    origin === 'saved' && error.code === 'denied'
      ? { id: 'backpressure.editConnection', title: 'Enter Password…', argument: parent }
      : error.code === 'unreachable' || error.code === 'timeout'
        ? { id: 'backpressure.refresh', title: 'Retry', argument: parent }
        : { id: 'backpressure.showLog', title: 'Show Log', argument: parent };
  return {
    ...plainRow(`error:${broker}`, parent, `${whatHappened[error.code]} — ${action.title}`),
    description: plain(error.next),
    icon: { id: 'error', color: 'list.errorForeground' },
    kind: 'error',
    spoken: plain(`${error.message}. ${error.next}. ${action.title}`),
    command: action,
    tooltip: () => `${markdown(error.message)}\n\n${markdown(error.next)}`,
  };
}

function queueRow(parent: string, queue: QueueReport, label: string, past: BrokerView['past']): Row {
  return {
    ...plainRow(`queue:${queue.id}`, parent, label),
    description: queueDescription(queue),
    icon: { id: stateIcons[queue.state], color: severityColor(queue.severity) },
    kind: 'queue',
    spoken: queueSpoken(queue),
    tooltip: () => queueTooltip(queue, past(queue.id)),
  };
}

/** Does a row look the same? Its hover is not compared: it is made afresh each time. */
const looks = ({ id, children, label, description, icon, kind, spoken, expanded, command }: Row) =>
  JSON.stringify([id, children.length > 0, label, description, icon, kind, spoken, expanded, command]);

/**
 * Which rows have to be drawn again, each with its subtree; `whole` when the outermost list changed.
 * A row whose list of children changed is named, the children themselves are not.
 */
export function changedRows(before: Map<string, Row>, after: Map<string, Row>): { whole: boolean; ids: string[] } {
  const roots = (rows: Map<string, Row>) => [...rows.values()].filter((row) => row.parent === null).map(({ id }) => id);
  if (JSON.stringify(roots(before)) !== JSON.stringify(roots(after))) return { whole: true, ids: [] };
  const ids = [...after.values()].flatMap((row) => {
    const old = before.get(row.id);
    if (!old) return [];
    return looks(old) === looks(row) && JSON.stringify(old.children) === JSON.stringify(row.children) ? [] : [row.id];
  });
  return { whole: false, ids };
}
