import { markdown, plain } from '../../model/escape';
import { plural } from '../../model/format';
import type { QueueReport } from '../../model/report';
import type { BrokerError, BrokerReading, QueueReading } from '../../model/sweep';
import type { Origin } from '../watchedBroker';
import { plainRow, type Row } from './row';

/** What the tree shows of one broker. */
export interface BrokerView {
  name: string;
  origin: Origin;
  paused: boolean;
  /** Null before the first sweep. */
  reading: BrokerReading | null;
  queues: readonly QueueReport[];
  /** Why its history is kept more coarsely than it was read; null where it is whole. */
  shortened: string | null;
  /** The last hour of a queue. */
  past: (id: string) => readonly (readonly [at: number, backlog: number])[];
  /** The queue as last read; null when it is not listed. */
  detail: (id: string) => QueueReading | null;
}

/** A broker: how many queues it has and how many grow, or that it cannot be read. */
export function brokerRow(id: string, { name, origin, paused, reading, queues, shortened }: BrokerView): Row {
  const growing = queues.filter(({ state }) => state === 'growing').length;
  const kind = `${origin}-${reading?.state ?? 'waiting'}${paused ? '-paused' : ''}`;
  const base = { ...plainRow(id, null, plain(name)), kind, expanded: true };
  if (!reading) {
    return paused
      ? { ...base, description: 'paused', icon: { id: 'debug-pause', color: null } }
      : { ...base, description: 'reading…', icon: { id: 'loading~spin', color: null } };
  }
  const said = reading.error ? `\n\n${markdown(reading.error.message)}: ${markdown(reading.error.next)}` : '';
  const pressure = reading.pressure.map((word) => `\n\n${markdown(word)}`).join('');
  const kept = shortened === null ? '' : `\n\n${markdown(shortened)}.`;
  const tooltip = () =>
    `**${markdown(name)}** · ${reading.system}\n\n${markdown(reading.url)}${said}${pressure}${kept}`;
  if (reading.state === 'failed') {
    return { ...base, description: reading.system, icon: { id: 'error', color: 'list.errorForeground' }, tooltip };
  }
  const figures = [
    ...(paused ? ['paused'] : []),
    ...reading.pressure.map(plain),
    growing > 0 ? `${growing} of ${plural(queues.length, 'queue')} growing` : plural(queues.length, 'queue'),
  ];
  const troubled = reading.pressure.length > 0 || reading.state === 'partial';
  return {
    ...base,
    description: figures.join(' · '),
    icon: troubled
      ? { id: 'warning', color: 'list.warningForeground' }
      : { id: paused ? 'debug-pause' : 'server', color: null },
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

const actions = {
  password: { id: 'backpressure.enterPassword', title: 'Enter Password…' },
  edit: { id: 'backpressure.editConnection', title: 'Edit Connection…' },
  file: { id: 'backpressure.openPipelineFile', title: 'Open Pipeline File' },
  retry: { id: 'backpressure.refresh', title: 'Retry' },
  log: { id: 'backpressure.showLog', title: 'Show Log' },
};

/** What mends it: where the address or the login is wrong, the place where they stand. */
function actionFor(origin: Origin, code: BrokerError['code']): (typeof actions)[keyof typeof actions] {
  if (code === 'unreachable' || code === 'timeout') return actions.retry;
  if (code === 'unknown' || code === 'unsupported' || origin === 'demo') return actions.log;
  if (origin === 'file') return actions.file;
  return code === 'denied' ? actions.password : actions.edit;
}

/** What happened, then the action, which the row does when it is chosen; the broker's own words stand behind. */
export function errorRow(parent: string, broker: string, origin: Origin, error: BrokerError): Row {
  const action = { ...actionFor(origin, error.code), argument: parent };
  return {
    ...plainRow(`error:${broker}`, parent, `${whatHappened[error.code]} — ${action.title}`),
    description: plain(error.next),
    icon: { id: 'error', color: 'list.errorForeground' },
    kind: `error ${origin} ${error.code}`,
    spoken: plain(`${error.message}. ${error.next}. ${action.title}`),
    command: action,
    tooltip: () => `${markdown(error.message)}\n\n${markdown(error.next)}`,
  };
}

/** A saved connection whose URL cannot be understood. */
export const brokenRow = ({ name, problem }: { name: string; problem: string }): Row => ({
  ...plainRow(`broken:${name}`, null, `${plain(name)}: ${plain(problem)}`),
  description: actions.edit.title,
  icon: { id: 'error', color: 'list.errorForeground' },
  kind: 'saved-broken',
  command: { ...actions.edit, argument: `broken:${name}` },
});
