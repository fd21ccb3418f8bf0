import * as z from 'zod';
import type { QueueReading } from '../../model/sweep';
import { figures, known, unread, type Told } from '../told';
import { depth } from './figures';
import { everyFigure, identity, noFigures } from './rows';

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

/** The row of a queue of which little is known. @param why what else it could have is not known */
export function depthRow(broker: string, queue: ApiDepth, why: string): QueueReading {
  const { messages_ready: ready, messages_unacknowledged: unacknowledged } = queue;
  const running = { ...queue, arguments: {}, effective_policy_definition: {} };
  const told = (figure: number | undefined): Told => depth(figure, running);
  return {
    ...identity(broker, queue.vhost, queue.name),
    kind: 'queue',
    ...noFigures,
    ...figures({
      ...everyFigure(unread(why)),
      backlog: told(ready === undefined || unacknowledged === undefined ? undefined : ready + unacknowledged),
      waiting: told(ready),
      inFlight: told(unacknowledged),
      consumers: told(queue.consumers),
    }),
    ...{ brokerState: null, queueType: null, overflow: null, deadLetter: null, members: null, bindings: null },
  };
}

/** The same where what is handed out is hidden too: all that a passive check tells. */
export function passiveRow(broker: string, queue: ApiDepth, why: string): QueueReading {
  return {
    ...depthRow(broker, queue, why),
    ...figures({
      ...everyFigure(unread(why)),
      waiting: known(queue.messages_ready ?? 0),
      backlog: known(queue.messages_ready ?? 0, 'at least: what is handed out is not told'),
      consumers: known(queue.consumers ?? 0),
    }),
  };
}
