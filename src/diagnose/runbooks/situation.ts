import type { Bottleneck, QueueReport, Runbook } from '../../model/report';
import type { BrokerReading } from '../../model/sweep';

export type RunbookStep = Runbook['steps'][number];

/** The queue that a runbook is for. */
export interface Situation {
  queue: QueueReport;
  broker: BrokerReading | null;
  /** Null where the queue drains, only too slowly. */
  bottleneck: Bottleneck | null;
  /** Time for which messages should be kept meanwhile. */
  keepSeconds: number;
}

/** The commands of one messaging system. Each is complete: broker, queue and group stand in it, quoted for a shell. */
export interface Commands {
  /** What to look at first. */
  assess: RunbookStep[];
  /** Room and time for the backlog, without losing anything. */
  makeRoom: RunbookStep[];
  /** What costs messages; each says which. */
  giveUp: RunbookStep[];
}

/** A step that loses nothing. */
export const step = (text: string, command: string | null = null): RunbookStep => ({ text, command });

/** A step after which something is gone. */
export const destructive = (text: string, command: string, loses: string): RunbookStep => ({ text, command, loses });

/** `host` and `port` of the first address of a broker's URL. */
export function hostOf(broker: BrokerReading | null, defaultPort: string): { host: string; port: string } {
  const [, host = 'localhost', port = defaultPort] =
    /^[^:]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:,/?]*)(?::(\d+))?/.exec(broker?.url ?? '') ?? [];
  return { host: host === '' ? 'localhost' : host, port };
}
