import type { QueueReading } from '../../model/sweep';
import { readingOf } from '../reading';
import { known, type Told } from '../told';
import { rowReason } from './errors';
import type { QueueRead } from './readQueues';
import { placeOf, unreadRow, type Place, type RowFigure } from './rows';
import { nameOf } from './send';
import { uncounted } from './workQueue';

/** The row of a queue of jobs. @param now milliseconds since the epoch */
export function queueRow(place: Place, { queue, understood, ages }: QueueRead, now: number): QueueReading {
  const name = { ...place, key: nameOf(queue.name) };
  const { kind, library: queueType } = queue;
  if (understood instanceof Error) return { ...unreadRow(name, null, rowReason(understood)), kind, queueType };
  const { waiting, inFlight } = understood.figures;
  return readingOf<RowFigure>(
    placeOf(name, null, kind),
    {
      ...uncounted,
      ...understood.figures,
      backlog: backlogOf(waiting, inFlight),
      ageSeconds: understood.age(ages, now),
    },
    { queueType, brokerState: understood.state },
  );
}

function backlogOf(waiting: Told, inFlight: Told): Told {
  if (waiting.value === null) return waiting;
  if (inFlight.value !== null) return known(waiting.value + inFlight.value, inFlight.approximate);
  return known(waiting.value, inFlight.missing.kind === 'unknown' ? `at least: ${inFlight.missing.reason}` : undefined);
}
