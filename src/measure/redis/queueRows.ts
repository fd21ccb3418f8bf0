import type { QueueReading } from '../../model/sweep';
import { figures, known, type Told } from '../told';
import { rowReason } from './errors';
import type { QueueRead } from './readQueues';
import { emptyRow, everyFigure, unreadRow, type Place, type RowFigure } from './rows';
import { nameOf } from './send';
import { uncounted } from './workQueue';

/** The row of a queue of jobs. @param now milliseconds since the epoch */
export function queueRow(place: Place, { queue, understood, ages }: QueueRead, now: number): QueueReading {
  const name = { ...place, key: nameOf(queue.name) };
  const { kind, library: queueType } = queue;
  if (understood instanceof Error) return { ...unreadRow(name, null, rowReason(understood)), kind, queueType };
  const { waiting, inFlight } = understood.figures;
  return {
    ...emptyRow(name, null),
    ...{ kind, queueType, brokerState: understood.state },
    ...figures<RowFigure>({
      ...everyFigure(waiting),
      ...uncounted,
      ...understood.figures,
      backlog: backlogOf(waiting, inFlight),
      ageSeconds: understood.age(ages, now),
    }),
  };
}

function backlogOf(waiting: Told, inFlight: Told): Told {
  if (waiting.value === null) return waiting;
  if (inFlight.value !== null) return known(waiting.value + inFlight.value, inFlight.approximate);
  return known(waiting.value, inFlight.missing.kind === 'unknown' ? `at least: ${inFlight.missing.reason}` : undefined);
}
