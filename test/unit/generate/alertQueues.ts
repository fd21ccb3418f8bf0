import { exporterNamed, exporters } from '../../../src/generate/alerts/exporters/all';
import {
  defaultAlertOptions,
  type AlertOptions,
  type AlertQueue,
  type ExporterName,
} from '../../../src/generate/alerts/words';
import { queueId } from '../../../src/model/identity';
import type { System } from '../../../src/model/sweep';

/** Letters that mean something to PromQL, YAML, Go's templates, a shell or a terminal. */
export const hostileName = 'a"b\\c{{ .Value }}\n\'`$(x); # {y="z"} \u202e: - yes';

const places: Record<Exclude<System, 'prometheus' | 'demo'>, Pick<AlertQueue, 'kind' | 'group'>> = {
  kafka: { kind: 'topic', group: 'billing' },
  rabbitmq: { kind: 'queue', group: null },
  aws_sqs: { kind: 'queue', group: null },
  redis: { kind: 'stream', group: 'billing' },
  nats: { kind: 'stream', group: 'billing' },
};

/** A queue as a report has it. */
export const alertQueue = (system: keyof typeof places, more: Partial<AlertQueue> = {}): AlertQueue => {
  const queue = {
    ...{ broker: 'main', system, namespace: null, destination: 'orders', ...places[system] },
    ...{ arrivalRate: 50, consumers: 2, partitions: 2, missing: {}, ...more },
  };
  return { id: queueId(queue), ...queue };
};

/** One queue that the exporter can tell of. */
export function queueFor(name: ExporterName, more: Partial<AlertQueue> = {}): AlertQueue {
  const systems = Object.keys(places) as (keyof typeof places)[];
  const fitting = systems.map((system) => alertQueue(system, more)).find((queue) => exporterNamed(name).fits(queue));
  if (!fitting) throw new Error(`nothing for ${name}`);
  return fitting;
}

export const allNames = exporters.map(({ name }) => name);

export const optionsFor = (exporter: ExporterName, more: Partial<AlertOptions> = {}): AlertOptions => ({
  ...defaultAlertOptions,
  exporter,
  ...more,
});
