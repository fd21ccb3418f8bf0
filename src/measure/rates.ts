import { unknown, type MissingReason } from '../model/figure';
import type { BrokerReading, QueueReading } from '../model/sweep';

/** A counter as last read, with the rate it had then. */
interface Counted {
  at: number;
  value: number;
  rate: number | null;
}
/** What the sweep before counted, by queue id. Kept by whoever sweeps and brought up to date by `fillRates`. */
export type Counters = Map<string, Partial<Record<'arrivalRate' | 'departureRate', Counted>>>;

/** Two readings closer than this say more about the calls than about the queue: the rate before stands. */
const shortestMs = 500;
const twoSweeps = unknown('a rate needs two sweeps');
const counterOf = { arrivalRate: 'produced', departureRate: 'consumed' } as const;

/**
 * The rows with arrival and departure rates (messages per second) from the growth of their counters since the sweep
 * before, where the broker told no rate itself. A rate that cannot be told stays null with its reason.
 * @param counters of the sweep before; forgets queues that are no longer listed
 * @param at milliseconds since the epoch
 */
export function fillRates(
  rows: readonly QueueReading[],
  broker: BrokerReading,
  counters: Counters,
  at: number,
): QueueReading[] {
  const listed = new Set(rows.map(({ id }) => id));
  for (const id of counters.keys()) if (!listed.has(id)) counters.delete(id);
  return rows.map((row) => {
    const before = counters.get(row.id) ?? {};
    counters.set(row.id, before);
    let filled = row;
    for (const field of ['arrivalRate', 'departureRate'] as const) {
      if (row[field] !== null || broker.notApplicable.includes(field)) continue;
      const value = row[counterOf[field]];
      const rate = value === null ? reasonFor(row, field) : rateOf(before, field, value, at);
      filled = withRate(filled, field, rate);
    }
    return filled;
  });
}

/** A queue without a counter: the source's own word on the rate, else on the counter. */
const reasonFor = ({ missing }: QueueReading, field: keyof typeof counterOf): MissingReason =>
  missing[field] ?? missing[counterOf[field]] ?? unknown(`the broker does not count what is ${counterOf[field]}`);

function rateOf(
  before: Partial<Record<keyof typeof counterOf, Counted>>,
  field: keyof typeof counterOf,
  value: number,
  at: number,
): number | MissingReason {
  const last = before[field];
  if (last && at >= last.at && at - last.at < shortestMs && value >= last.value) return last.rate ?? twoSweeps;
  const rate = last && at > last.at && value >= last.value ? ((value - last.value) * 1000) / (at - last.at) : null;
  before[field] = { at, value, rate };
  if (rate !== null) return rate;
  if (!last) return twoSweeps;
  return unknown(at <= last.at ? 'the clock was set back' : 'the counter was reset');
}

function withRate(row: QueueReading, field: keyof typeof counterOf, rate: number | MissingReason): QueueReading {
  if (typeof rate !== 'number') return { ...row, missing: { ...row.missing, [field]: rate } };
  const missing = Object.fromEntries(Object.entries(row.missing).filter(([name]) => name !== field));
  return { ...row, [field]: rate, missing };
}
