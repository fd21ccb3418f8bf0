import * as z from 'zod';
import type { QueueReading } from '../../model/sweep';
import { readingOf } from '../reading';
import { known, unread, type Told } from '../told';
import { depth } from './figures';
import { identity, type RowFigure } from './rows';

const count = z.number().optional().catch(undefined);

/** How much a queue holds, where more would cost too much or cannot be asked for. */
export const apiDepth = z.object({
  vhost: z.string(),
  name: z.string(),
  messages_ready: count,
  messages_unacknowledged: count,
  consumers: count,
});
export type ApiDepth = z.infer<typeof apiDepth>;
/** 10,000 queues are 1.0 MB with these columns. */
export const depthColumns = Object.keys(apiDepth.shape).join();

/** These answers tell no state. */
const running = { state: undefined };

/** The row of a queue of which little is known. @param why what else it could have is not known */
export function depthRow(broker: string, queue: ApiDepth, why: string): QueueReading {
  const { messages_ready: ready, messages_unacknowledged: unacknowledged } = queue;
  return depthsOf(broker, queue, unread(why), {
    backlog: depth(ready === undefined || unacknowledged === undefined ? undefined : ready + unacknowledged, running),
    waiting: depth(ready, running),
    inFlight: depth(unacknowledged, running),
    consumers: depth(queue.consumers, running),
  });
}

/** The same where what is handed out is hidden too: all that a passive check tells. */
export function passiveRow(broker: string, queue: ApiDepth, why: string): QueueReading {
  return depthsOf(broker, queue, unread(why), {
    waiting: known(queue.messages_ready ?? 0),
    backlog: known(queue.messages_ready ?? 0, 'at least: what is handed out is not told'),
    inFlight: unread(why),
    consumers: known(queue.consumers ?? 0),
  });
}

type DepthFigure = 'backlog' | 'waiting' | 'inFlight' | 'consumers';

const depthsOf = (broker: string, { vhost, name }: ApiDepth, other: Told, depths: Record<DepthFigure, Told>) =>
  readingOf<RowFigure>(identity(broker, vhost, name), {
    backlog: depths.backlog,
    waiting: depths.waiting,
    inFlight: depths.inFlight,
    consumers: depths.consumers,
    ageSeconds: other,
    produced: other,
    consumed: other,
    redelivered: other,
    retained: other,
    capacity: other,
    capacityBytes: other,
    prefetch: other,
    consumerCapacity: other,
    arrivalRate: other,
    departureRate: other,
  });
