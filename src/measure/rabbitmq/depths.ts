import type { QueueReading } from '../../model/sweep';
import { readingOf, saidOf } from '../reading';
import { known, unread, type Told } from '../told';
import { depth } from './figures';
import { identity, type RowFigure } from './rows';

/** How much a queue holds, where more would cost too much or cannot be asked for. What is absent was not told. */
export interface ApiDepth {
  vhost: string;
  name: string;
  messages_ready?: number | undefined;
  messages_unacknowledged?: number | undefined;
  consumers?: number | undefined;
}

/** An item of a list of queues; null where it names none. By hand, since a list has ten thousand of them. */
export function depthOf(item: unknown): ApiDepth | null {
  if (typeof item !== 'object' || item === null) return null;
  const { vhost, name, messages_ready, messages_unacknowledged, consumers } = item as Record<string, unknown>;
  if (typeof vhost !== 'string' || typeof name !== 'string') return null;
  return {
    vhost,
    name,
    messages_ready: count(messages_ready),
    messages_unacknowledged: count(messages_unacknowledged),
    consumers: count(consumers),
  };
}

const count = (figure: unknown) => (typeof figure === 'number' ? figure : undefined);

/** These answers tell no state. */
const running = { state: undefined };

/** Makes rows of queues of which little is known. @param why what else they could have is not known */
export function depthRows(broker: string, why: string): (queue: ApiDepth) => QueueReading {
  const other = unread(why);
  const zero = known(0);
  // Nearly all rows say the same: said once, it takes no memory in each of them.
  const usual = saidOf(figuresOf(other, { backlog: zero, waiting: zero, inFlight: zero, consumers: zero }));
  return (queue) => {
    const { messages_ready: ready, messages_unacknowledged: unacknowledged, consumers } = queue;
    const whole = ready !== undefined && unacknowledged !== undefined && consumers !== undefined;
    const figures = figuresOf(other, {
      backlog: depth(ready === undefined || unacknowledged === undefined ? undefined : ready + unacknowledged, running),
      waiting: depth(ready, running),
      inFlight: depth(unacknowledged, running),
      consumers: depth(consumers, running),
    });
    return readingOf(identity(broker, queue.vhost, queue.name), figures, {}, whole ? usual : undefined);
  };
}

/** The same where what is handed out is hidden too: all that a passive check tells. */
export function passiveRow(broker: string, queue: ApiDepth, why: string): QueueReading {
  return readingOf(
    identity(broker, queue.vhost, queue.name),
    figuresOf(unread(why), {
      waiting: known(queue.messages_ready ?? 0),
      backlog: known(queue.messages_ready ?? 0, 'at least: what is handed out is not told'),
      inFlight: unread(why),
      consumers: known(queue.consumers ?? 0),
    }),
  );
}

type DepthFigure = 'backlog' | 'waiting' | 'inFlight' | 'consumers';

const figuresOf = (other: Told, depths: Record<DepthFigure, Told>): Record<RowFigure, Told> => ({
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
