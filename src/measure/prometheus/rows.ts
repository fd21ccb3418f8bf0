import type { BrokerConfig } from '../../model/brokerUrl';
import { none, type Missing } from '../../model/figure';
import type { QueueRef } from '../../model/pipeline';
import {
  queueFigures,
  queueReading,
  type BrokerReading,
  type QueueFigure,
  type QueueReading,
  type StageReading,
} from '../../model/sweep';
import { figures, known, nothing, unread, type Told } from '../told';

/** Figures that a queue known only by metrics never has. */
const notApplicable = queueFigures.filter(
  (figure) => !['backlog', 'produced', 'consumed', 'arrivalRate', 'departureRate'].includes(figure),
);

/** The row of a Prometheus or a page that could be read. @param roundTripSeconds of one call */
export const brokerRow = (
  { name, system, url }: BrokerConfig,
  roundTripSeconds: number | null,
  sweep: BrokerReading['sweep'],
): BrokerReading => ({
  ...{ name, system, url, state: 'ok', error: null, pressure: [], alarms: [], roundTripSeconds },
  ...{ notApplicable: [...notApplicable], sweep },
});

/** The figures of a queue that may be asked for; a rate that was not told is left to the sampler, which has the counters. */
export type QueueTold = Record<'backlog' | 'produced' | 'consumed', Told> &
  Partial<Record<Extract<QueueFigure, 'arrivalRate' | 'departureRate'>, Told>>;

/** The row of a queue that only metrics tell of. */
export function queueRow({ id, broker, namespace, destination, group }: QueueRef, told: QueueTold): QueueReading {
  const read = {
    ...told,
    backlog: atLeastZero(told.backlog),
    produced: atLeastZero(told.produced),
    consumed: atLeastZero(told.consumed),
  };
  return queueReading.parse({
    ...{ id, broker, namespace, destination, group, system: 'prometheus', kind: 'metric' },
    ...figures<'backlog' | 'produced' | 'consumed'>(read),
  });
}

/** Figures of one moment are scraped at several: a difference of two of them may be below zero for a while. */
function atLeastZero(told: Told): Told {
  return told.value !== null && told.value < 0 ? known(0, `its metric says ${told.value}, read as 0`) : told;
}

export type StageTold = Record<'processedTotal' | 'processedRate' | 'cpu' | 'memory' | 'network', Told>;

/** The row of a stage. Its metrics do not say how many instances it has. */
export function stageRow(name: string, told: StageTold): StageReading {
  const read: StageTold = {
    ...told,
    cpu: asShare(told.cpu),
    memory: asShare(told.memory),
    network: asShare(told.network),
  };
  const missing: Missing = { instances: none('metrics of a stage do not count its instances') };
  for (const [figure, answer] of Object.entries(read)) if (answer.value === null) missing[figure] = answer.missing;
  const value = (figure: keyof StageTold) => read[figure].value;
  return {
    ...{ name, processedTotal: value('processedTotal'), processedRate: value('processedRate') },
    ...{ cpu: value('cpu'), memory: value('memory'), network: value('network'), instances: null, missing },
  };
}

/** A share may pass its limit by what two clocks differ; more than that is bytes or seconds by mistake. */
const mostShare = 1.1;

function asShare(told: Told): Told {
  if (told.value === null) return told;
  if (told.value >= 0 && told.value <= mostShare) return known(Math.min(1, told.value));
  return unread(`it gives ${told.value}, but a share of the limit is 0…1: divide by the limit`);
}

/** The pipeline file names nothing to ask for. */
export const unnamed: Told = nothing('the pipeline file names no metric for it');
