import { openSource } from '../../measure/open';
import { brokerErrorOf, type SourceOptions, type SourceReading } from '../../measure/source';
import type { BrokerConfig } from '../../model/brokerUrl';
import { plural } from '../../model/format';
import type { BrokerError } from '../../model/sweep';

/** What one real reading of a broker showed. */
export interface Check {
  /** Why it cannot be read at all; null when it can. */
  error: BrokerError | null;
  /** How many queues it lists. */
  queues: number;
  /** What could not be read of it and why, most frequent first: a sentence each. */
  gaps: string[];
}

/** Reads a broker once, as the tree will. */
export async function checkBroker(
  config: BrokerConfig,
  log: SourceOptions['log'],
  signal: AbortSignal,
): Promise<Check> {
  try {
    const source = await openSource(config, { wanted: null, log });
    try {
      const reading = await source.sweep({ at: Date.now(), signal, callTimeoutMs: 5000 });
      const { error, state } = reading.broker;
      return { error: state === 'failed' ? error : null, queues: reading.queues.length, gaps: gapsOf(reading) };
    } finally {
      await source.close();
    }
  } catch (error) {
    return { error: brokerErrorOf(error), queues: 0, gaps: [] };
  }
}

/** Words for a permission that is missing, in what the brokers' clients say. */
const refusal = /denied|not let in|not allowed|may not|permission|authori[sz]|NOPERM|forbidden|\b40[13]\b/i;
/** A figure that a first reading cannot have yet. */
const later = /two (?:readings|sweeps)|first reading|not yet/i;

/** What was refused or could not be read, by its reason; missing permissions come first. */
export function gapsOf({ broker, queues }: Pick<SourceReading, 'broker' | 'queues'>): string[] {
  const byReason = new Map<string, { figures: Set<string>; queues: Set<string> }>();
  for (const { id, missing } of queues) {
    for (const [figure, { kind, reason }] of Object.entries(missing)) {
      if (kind !== 'unknown' || later.test(reason)) continue;
      const gap = byReason.get(reason) ?? { figures: new Set(), queues: new Set() };
      byReason.set(reason, gap);
      gap.figures.add(figure);
      gap.queues.add(id);
    }
  }
  const told = [...byReason]
    .sort(([a, x], [b, y]) => Number(refusal.test(b)) - Number(refusal.test(a)) || y.queues.size - x.queues.size)
    .map(([reason, { figures, queues: of }]) => {
      const what = refusal.test(reason) ? 'Permission missing' : 'Not readable';
      return `${what}: ${[...figures].join(', ')} of ${plural(of.size, 'queue')} (${reason})`;
    });
  const { error } = broker;
  return error ? [`${error.message}: ${error.next}`, ...told] : told;
}
