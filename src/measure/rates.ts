import { unknown, type Missing, type MissingReason } from '../model/figure';
import type { BrokerReading, QueueReading } from '../model/sweep';

/** A counter as last read, with the rate it had then. */
interface Counted extends Moment {
  value: number;
  rate: number | null;
  /** The reading before, where this one is below it. */
  fellFrom: Counted | null;
}

interface Moment {
  at: number;
  steady: number;
}

/** What the sweep before counted, by queue id. Kept by whoever sweeps and brought up to date by `fillRates`. */
export type Counters = Map<string, Before>;
type Before = Partial<Record<RateField, Counted>>;
type RateField = 'arrivalRate' | 'departureRate';

/** Two readings closer than this say more about the calls than about the queue: the rate before stands. */
const shortestMs = 500;
const twoSweeps = unknown('a rate needs two sweeps');
const clockSetBack = unknown('the clock was set back');
const clockSet = unknown('the clock was set, or this machine slept');
const counterReset = unknown('the counter was reset');
const counterOf = { arrivalRate: 'produced', departureRate: 'consumed' } as const;

/**
 * The rows with arrival and departure rates (messages per second) from the growth of their counters since the sweep
 * before, where the broker told no rate itself. A rate that cannot be told stays null with its reason.
 * @param counters of the sweep before; forgets queues that are no longer listed
 * @param at milliseconds since the epoch, by a clock that may be set
 * @param steady milliseconds since any moment, by one that is never set
 */
export function fillRates(
  rows: readonly QueueReading[],
  broker: BrokerReading,
  counters: Counters,
  at: number,
  steady = at,
): QueueReading[] {
  const moment = { at, steady };
  const listed = new Set(rows.map(({ id }) => id));
  for (const id of counters.keys()) if (!listed.has(id)) counters.delete(id);
  return rows.map((row) => {
    const before = counters.get(row.id) ?? {};
    counters.set(row.id, before);
    const arrival = told(row, 'arrivalRate', broker, before, moment);
    const departure = told(row, 'departureRate', broker, before, moment);
    return withRate(withRate(row, 'arrivalRate', arrival), 'departureRate', departure);
  });
}

/** The rate or why there is none; null where the row stays as it is. */
function told(row: QueueReading, field: RateField, broker: BrokerReading, before: Before, moment: Moment) {
  if (row[field] !== null || broker.notApplicable.includes(field)) return null;
  const value = row[counterOf[field]];
  return value === null ? reasonFor(row, field) : rateOf(before, field, value, moment);
}

/** A queue without a counter: the source's own word on the rate, else on the counter. */
const reasonFor = ({ missing }: QueueReading, field: RateField): MissingReason =>
  missing[field] ?? missing[counterOf[field]] ?? unknown(`the broker does not count what is ${counterOf[field]}`);

function rateOf(before: Before, field: RateField, value: number, moment: Moment): number | MissingReason {
  const last = before[field];
  const passed = last ? moment.steady - last.steady : 0;
  const atOnce = last && passed >= 0 && passed < shortestMs && !wasSet(last, moment);
  if (atOnce && value >= last.value) return last.rate ?? twoSweeps;
  const told = last ? growth(last, value, moment) : twoSweeps;
  const rate = typeof told === 'number' ? told : null;
  const { at, steady } = moment;
  const fellFrom = last && value < last.value ? { ...last, fellFrom: null } : null;
  before[field] = { at, steady, value, rate, fellFrom };
  return told;
}

function growth(last: Counted, value: number, moment: Moment): number | MissingReason {
  if (moment.at <= last.at) return clockSetBack;
  if (wasSet(last, moment)) return clockSet;
  if (value < last.value) return counterReset;
  // One reading was too low, as after a rebalance in which an old member committed: what it regains is no arrival.
  const from = last.fellFrom && value >= last.fellFrom.value ? last.fellFrom : last;
  if (wasSet(from, moment)) return clockSet;
  return ((value - from.value) * 1000) / (moment.steady - from.steady);
}

/** Did the clock jump between the two, beyond what is usual of a clock that is kept right? */
const wasSet = (last: Moment, { at, steady }: Moment) => {
  const [told, passed] = [at - last.at, steady - last.steady];
  return Math.abs(told - passed) > Math.max(1000, passed / 10);
};

function withRate(row: QueueReading, field: RateField, rate: number | MissingReason | null): QueueReading {
  // Most rows of a large broker have no counter: they are not copied.
  if (rate === null || (typeof rate !== 'number' && rate.reason === row.missing[field]?.reason)) return row;
  if (typeof rate !== 'number') return { ...row, missing: { ...row.missing, [field]: rate } };
  const missing: Missing = {};
  for (const name in row.missing) if (name !== field && row.missing[name]) missing[name] = row.missing[name];
  return { ...row, [field]: rate, missing };
}
