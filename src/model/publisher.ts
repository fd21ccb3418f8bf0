import type { System } from './sweep';

/** Who a broker sees publish, and where that goes. */
export interface SeenPublisher {
  broker: string;
  system: System;
  /** What the program calls its connection; null: it gave no name. */
  client: string | null;
  /** RabbitMQ: where it publishes to; empty: the default exchange. */
  exchange: string;
  /** Queues that the exchange handed messages on to. */
  destinations: readonly string[];
  /** Others publish there too, and several queues get it: which one this client means, the broker does not tell. */
  ambiguous: boolean;
}
