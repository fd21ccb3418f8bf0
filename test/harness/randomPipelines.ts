import type { Event, Hop, Scenario } from '../../src/measure/demo/scenario';
import { seeded } from './observations';

/** A pipeline made up from a seed. */
export interface RandomPipeline {
  seed: number;
  /** What it was made to show, for whoever reads a failure. */
  shape: string;
  scenario: Scenario;
}

type Dice = ReturnType<typeof dice>;

/** Repeatable choices. */
function dice(seed: number) {
  const uniform = seeded(seed);
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  const one = <T>(items: readonly [T, ...T[]]): T => items[whole(0, items.length - 1)] ?? items[0];
  return { between, whole, one, chance: (share: number) => uniform() < share };
}

/** How a stage stands to what arrives: with room to spare, or with far too little. Nothing in between is asked for. */
const spare = (random: Dice) => random.between(1.45, 3);
const short = (random: Dice) => random.between(0.3, 0.8);

/** A queue and its reader that can do `factor` times the arrivals, in even partitions each instance has as many of. */
function hop(random: Dice, stage: string, arrivals: number, factor: number, more: Partial<Hop> = {}): Hop {
  const instances = random.whole(1, 6);
  const partitions = instances * random.whole(1, 3);
  return {
    destination: `to-${stage}`,
    partitions: Array.from({ length: partitions }, () => 1),
    capacity: null,
    commitSeconds: random.one([0.2, 1, 5]),
    stage,
    instances,
    maxInstances: 1000,
    ratePerInstance: (arrivals * factor) / instances,
    costPerInstance: 1,
    ...more,
  };
}

const factorOf = (random: Dice) => (random.chance(0.35) ? short(random) : spare(random));
/** What comes out of a stage that can do `factor` times what arrives. */
const through = (arrivals: number, factor: number) => arrivals * Math.min(1, factor);

interface Made {
  hops: Hop[];
  events?: Event[];
}
type Make = (random: Dice, arrivals: number) => Made;

/** One stage after the other; some of them too slow. */
function chain(random: Dice, arrivals: number, prefix = 's', length = random.whole(1, 5)): Hop[] {
  let flow = arrivals;
  return Array.from({ length }, (_, index) => {
    const factor = factorOf(random);
    const made = hop(random, `${prefix}${index}`, flow, factor);
    flow = through(flow, factor);
    return made;
  });
}

const shapes: Record<string, Make> = {
  chain: (random, arrivals) => ({ hops: chain(random, arrivals) }),

  /** The first stage sends a share to each of some branches, which then are independent. */
  branches: (random, arrivals) => {
    const root = hop(random, 'root', arrivals, spare(random));
    const shares = Array.from({ length: random.whole(2, 4) }, () => random.between(0.2, 1));
    const branches = shares.flatMap((share, index) => {
      const [head, ...rest] = chain(random, arrivals * share, `b${index}-`, random.whole(1, 3));
      return head ? [{ ...head, fedBy: { root: share } }, ...rest] : [];
    });
    return { hops: [root, ...branches] };
  },

  /** Two groups read all of one topic. */
  groups: (random, arrivals) => {
    const root = hop(random, 'root', arrivals, spare(random));
    const first = hop(random, 'first', arrivals, factorOf(random), { destination: 'shared', fedBy: { root: 1 } });
    const second = hop(random, 'second', arrivals, factorOf(random), {
      destination: 'shared',
      partitions: first.partitions,
      instances: first.instances,
      fedBy: { root: 1 },
    });
    return { hops: [root, first, { ...second, ratePerInstance: (arrivals * factorOf(random)) / second.instances }] };
  },

  /** Two branches that end in one stage: through one queue, or each through its own. */
  join: (random, arrivals) => {
    const root = hop(random, 'root', arrivals, spare(random));
    const [left, right] = [random.between(0.3, 0.7), random.between(0.3, 0.7)];
    const factors = [factorOf(random), factorOf(random)] as const;
    const a = hop(random, 'left', arrivals * left, factors[0], { fedBy: { root: left } });
    const b = hop(random, 'right', arrivals * right, factors[1], { fedBy: { root: right } });
    const parts = [through(arrivals * left, factors[0]), through(arrivals * right, factors[1])] as const;
    const end = hop(random, 'end', parts[0] + parts[1], factorOf(random), { fedBy: { left: 1, right: 1 } });
    if (random.chance(0.5)) return { hops: [root, a, b, end] };
    const own = (writer: string): Hop => ({ ...end, destination: `from-${writer}`, fedBy: { [writer]: 1 } });
    return { hops: [root, a, b, own('left'), own('right')] };
  },

  /** A share of what a stage finishes is tried again. */
  cycle: (random, arrivals) => {
    const share = random.between(0.05, 0.3);
    const inAll = arrivals / (1 - share);
    const factor = factorOf(random);
    const out = through(inAll, factor);
    return {
      hops: [
        hop(random, 'worker', inAll, factor, { fedBy: { source: 1, retry: 1 } }),
        hop(random, 'retry', out * share, spare(random), { fedBy: { worker: share } }),
        hop(random, 'sink', out * (1 - share), factorOf(random), { fedBy: { worker: 1 - share } }),
      ],
    };
  },

  /** A slow stage behind one or several full queues. */
  bounded: (random, arrivals) => {
    const slow = arrivals * short(random);
    const length = random.whole(1, 3);
    const before = Array.from({ length: random.whole(1, 2) }, (_, i) => hop(random, `s${i}`, arrivals, spare(random)));
    const held = Array.from({ length }, (_, index) =>
      hop(random, `h${index}`, index === length - 1 ? slow : arrivals, index === length - 1 ? 1 : spare(random), {
        // Enough for what waits for the next commit, so that the limit is felt only behind a slow stage.
        capacity: Math.ceil(arrivals * random.between(3, 6)),
        commitSeconds: random.one([0.2, 1]),
      }),
    );
    return { hops: [...before, ...held, hop(random, 'after', slow, spare(random))] };
  },

  /** Most keys end in one of at least four partitions, whose one reader cannot do them. */
  hot: (random, arrivals) => {
    const partitions = random.whole(4, 8);
    const instances = partitions;
    const share = random.between(0.4, 0.7);
    const rest = (1 - share) / (partitions - 1);
    const pace = arrivals * share * short(random);
    const weights = Array.from({ length: partitions }, (_, index) => (index === 0 ? share : rest));
    const hot = hop(random, 'hot', arrivals, 1, {
      ...{ partitions: weights, instances },
      // Enough for any of the others.
      ratePerInstance: Math.max(pace, arrivals * rest * 1.5),
    });
    return { hops: [hop(random, 'before', arrivals, spare(random)), hot] };
  },

  /** More instances than partitions: the rest of them has nothing to read. */
  partitions: (random, arrivals) => {
    const partitions = random.whole(1, 5);
    const limited = hop(random, 'limited', arrivals, 1, {
      partitions: Array.from({ length: partitions }, () => 1),
      instances: partitions + random.whole(1, 4),
      ratePerInstance: (arrivals * factorOf(random)) / partitions,
    });
    return {
      hops: [limited, ...chain(random, arrivals, 'c', 1).map((one) => ({ ...one, ratePerInstance: arrivals * 3 }))],
    };
  },

  /** Nobody reads one of the queues, or whoever does hangs. */
  stopped: (random, arrivals) => {
    const hops = chain(random, arrivals, 's', random.whole(2, 4));
    const stopped = random.whole(0, hops.length - 1);
    const still = random.one([{ instances: 0 }, { ratePerInstance: 0 }]);
    return { hops: hops.map((one, index) => (index === stopped ? { ...one, ...still } : one)) };
  },

  /** A stage works off what a burst left, faster than those behind it can for long: nobody is to blame any more. */
  burst: (random, arrivals) => {
    const drains = arrivals * random.between(1.6, 2.2);
    const first = hop(random, 'first', drains, 1);
    const second = hop(random, 'second', arrivals, random.between(1.25, 1.4));
    const events: Event[] = [
      { seconds: -40, arrivalRate: arrivals * 8 },
      { seconds: -5, arrivalRate: arrivals },
    ];
    return { hops: [first, second], events };
  },
};

/** The names of the shapes, in the order in which seeds go round them. */
export const shapeNames = Object.keys(shapes);

/** The pipeline of that seed: each shape in its turn, everything else about it by chance. */
export function randomPipeline(seed: number): RandomPipeline {
  const random = dice(seed);
  const shape = shapeNames[seed % shapeNames.length] ?? 'chain';
  // So many that the luck of a minute is small beside what a stage falls short of.
  const arrivals = Math.exp(random.between(Math.log(1500), Math.log(9000)));
  const made = shapes[shape]?.(random, arrivals) ?? { hops: [] };
  const bursts = random.chance(0.3) ? { everySeconds: 20, forSeconds: 2, factor: random.between(0.7, 1.3) } : null;
  const { hops, events = [] } = made;
  return { seed, shape, scenario: { source: 'source', arrivalRate: arrivals, bursts, hops, events, seed } };
}
