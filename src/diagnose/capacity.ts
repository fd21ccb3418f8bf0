/** What a stage has to cope with, and what one of its instances can do. */
export interface Load {
  /** λ, messages per second. */
  arrivalRate: number;
  /** L, messages. */
  backlog: number;
  /** μ₁, messages per second of one busy instance; above 0. */
  ratePerInstance: number;
}

/** How many instances a load asks for, and how many there may be. */
export interface Need {
  /** To empty the backlog in time: ⌈(λ + L/T) / μ₁⌉. */
  toDrain: number;
  /** To run at the target utilisation afterwards: ⌈λ / (ρ μ₁)⌉. */
  toSustain: number;
  /** The larger of the two, at least 1, before any cap. */
  wanted: number;
  /** After the caps. */
  instances: number;
  /** The cap that binds, null when none does. */
  cappedBy: 'partitions' | 'maxInstances' | null;
}

/** How many instances there can be; null where nothing limits them. */
export interface Caps {
  /** A partition is read by one member of a group only. */
  partitions: number | null;
  maxInstances: number | null;
}

/** Rounding noise must not cost an instance: 1050 / (0.7 × 150) is 10, not 10.000000000000002. */
const roundUp = (x: number) => Math.ceil(x - 1e-9);

/**
 * Instances in all (CONTRACTS.md "Instances", brokers.md G5).
 * @param drainSeconds T, the time in which the backlog should be gone
 * @param utilisation ρ, 0…1, at which instances should run afterwards
 */
export function instancesFor(load: Load, drainSeconds: number, utilisation: number, caps: Caps): Need {
  const { arrivalRate, backlog, ratePerInstance } = load;
  const toDrain = roundUp((arrivalRate + backlog / drainSeconds) / ratePerInstance);
  const toSustain = roundUp(arrivalRate / (utilisation * ratePerInstance));
  const wanted = Math.max(1, toDrain, toSustain);
  const [cappedBy, cap] = lowestCap(caps);
  return cap < wanted
    ? { toDrain, toSustain, wanted, instances: cap, cappedBy }
    : { toDrain, toSustain, wanted, instances: wanted, cappedBy: null };
}

/** Seconds until the backlog is gone with so many instances; null when they never catch up. */
export function drainSecondsWith(instances: number, { arrivalRate, backlog, ratePerInstance }: Load): number | null {
  if (backlog === 0) return 0;
  const spare = instances * ratePerInstance - arrivalRate;
  return spare > 1e-9 ? backlog / spare : null;
}

/**
 * Seconds until the backlog is gone once there are more partitions and an instance for each of them: what waits stays in
 * the partitions it is in, each read by one instance beside its share of what arrives. Null when it never is.
 * @param present partitions that hold the backlog
 */
export function drainSecondsSpread(partitions: number, present: number, load: Load): number | null {
  const { arrivalRate, backlog, ratePerInstance } = load;
  return drainSecondsWith(present, { arrivalRate: (arrivalRate * present) / partitions, backlog, ratePerInstance });
}

function lowestCap({ partitions, maxInstances }: Caps): ['partitions' | 'maxInstances', number] {
  const cap = Math.min(partitions ?? Infinity, maxInstances ?? Infinity);
  return [cap === partitions ? 'partitions' : 'maxInstances', cap];
}
