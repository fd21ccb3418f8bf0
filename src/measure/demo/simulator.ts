import { SimulatedQueue } from './queue';
import { seededRandom } from './random';
import { writersOf, type Ailments, type Event, type Hop, type Scenario, type StageChange } from './scenario';

/** Fixed, so that a seed gives the same figures whatever steps the caller advances by. */
const tickMs = 100;
const ticksPerMark = 10;
/** Simulated before the opening, so that the first sweep finds counters, ages and backlogs as of a system at work. */
export const warmUpMs = 3_600_000;
/** Traffic the counters begin with. */
const pastSeconds = 7200;

/** A stage and the queue it reads, as they are now. */
export interface SimulatedHop {
  hop: Hop;
  readonly queue: SimulatedQueue;
  instances: number;
  /** Messages per second. */
  ratePerInstance: number;
  /** Counters. */
  finished: number;
  redelivered: number;
  rebalances: number;
  /** Its group is sharing out its partitions. */
  rebalancing: boolean;
}

/** Where finished messages go: `owed` is what rounding has left over, below one message. */
interface Outlet {
  queue: SimulatedQueue;
  each: number;
  owed: number;
}

/** A pipeline of queues and workers that lives on a time handed in. */
export class Simulator {
  readonly hops: readonly SimulatedHop[];
  /** Counter of what the source has produced. */
  sourced: number;
  /** The broker is out of memory. */
  alarm = false;
  private arrivalRate: number;
  private tick = 0;
  private readonly random;
  private readonly begin: number;
  private readonly outlets: ReadonlyMap<string, readonly Outlet[]>;
  /** The hops of each stage, in the order of the first of them. */
  private readonly stages: readonly (readonly SimulatedHop[])[];
  private events: readonly Event[];

  /**
   * @param openedAt milliseconds since the epoch
   * @param warmUp milliseconds that are simulated before
   */
  constructor(
    readonly scenario: Scenario,
    private readonly openedAt: number,
    warmUp = warmUpMs,
  ) {
    this.random = seededRandom(scenario.seed);
    this.begin = openedAt - warmUp;
    this.arrivalRate = scenario.arrivalRate;
    this.events = [...scenario.events].sort((a, b) => a.seconds - b.seconds);
    this.sourced = Math.round(scenario.arrivalRate * pastSeconds);
    this.hops = scenario.hops.map((hop) => ({
      hop,
      queue: new SimulatedQueue(hop.partitions, this.sourced, hop.capacity),
      instances: hop.instances,
      ratePerInstance: hop.ratePerInstance,
      finished: this.sourced,
      redelivered: 0,
      rebalances: 0,
      rebalancing: false,
    }));
    this.stages = [...new Set(scenario.hops.map(({ stage }) => stage))].map((name) =>
      this.hops.filter(({ hop }) => hop.stage === name),
    );
    this.outlets = outletsOf(scenario, this.hops);
  }

  /** Milliseconds since the epoch up to which everything has happened. */
  get now(): number {
    return this.begin + this.tick * tickMs;
  }

  /** Lets everything happen up to that moment; an earlier moment changes nothing. */
  advanceTo(ms: number): void {
    const last = Math.floor((ms - this.begin) / tickMs);
    while (this.tick < last) this.step();
  }

  private step(): void {
    this.tick++;
    this.applyEvents();
    const arriving = this.random.count((this.arrivalRate * this.burstFactor() * tickMs) / 1000);
    const accepted = Math.min(arriving, this.roomFor(this.scenario.source));
    this.sourced += accepted;
    this.passOn(this.scenario.source, accepted);
    for (const stage of this.stages) this.work(stage);
    for (const { hop, queue } of this.hops) {
      queue.commit(this.tick, Math.max(1, Math.round((hop.commitSeconds * 1000) / tickMs)));
      if (this.tick % ticksPerMark === 0) queue.mark(this.now);
    }
  }

  /** Its workers take from each of its queues in turn; what one queue does not need is for the others. */
  private work(hops: readonly SimulatedHop[]): void {
    const [first] = hops;
    if (!first) return;
    const { stage, ailments = {} } = first.hop;
    const workers =
      ailments.prefetch === undefined ? first.instances : holdersOf(first).filter((held) => held > 0).length;
    const able = this.random.count((workers * paceOf(first.ratePerInstance, ailments) * tickMs) / 1000);
    const repeated = Math.round(able * (ailments.redelivered ?? 0));
    const turned = hops.map((_, index) => hops[(index + this.tick) % hops.length] ?? first);
    const away = ailments.shifts !== undefined && !this.isBeginning(ailments.shifts);
    let left = this.rebalance(hops, ailments) || away ? 0 : able - repeated;
    for (const [index, each] of [...turned, ...(hops.length > 1 ? turned : [])].entries()) {
      const share = Math.floor(left / Math.max(1, hops.length - index));
      const finished = each.queue.consume(each.instances, share, this.roomFor(stage));
      each.finished += finished;
      left -= finished;
      this.passOn(stage, finished);
    }
    if (first.queue.backlog > 0) first.redelivered += repeated;
  }

  private rebalance(hops: readonly SimulatedHop[], { rebalances }: Ailments): boolean {
    if (!rebalances) return false;
    const busy = this.isBeginning(rebalances);
    for (const hop of hops) {
      if (busy && !hop.rebalancing) hop.rebalances++;
      hop.rebalancing = busy;
    }
    return busy;
  }

  /** Messages that a writer may finish before one of the queues it fills is full. */
  private roomFor(writer: string): number {
    const outlets = this.outlets.get(writer) ?? [];
    if (this.alarm && outlets.length > 0) return 0;
    return outlets.reduce((least, { queue, each }) => Math.min(least, Math.floor(queue.room / each)), Infinity);
  }

  private passOn(writer: string, finished: number): void {
    for (const outlet of this.outlets.get(writer) ?? []) {
      outlet.owed += finished * outlet.each;
      // A hair more, so that tenths add up to whole messages.
      const whole = Math.floor(outlet.owed + 1e-9);
      outlet.queue.produce(whole);
      outlet.owed -= whole;
    }
  }

  private isBeginning({ everySeconds, forSeconds }: { everySeconds: number; forSeconds: number }): boolean {
    return ((this.tick * tickMs) / 1000) % everySeconds < forSeconds;
  }

  private burstFactor(): number {
    const { bursts } = this.scenario;
    return bursts && this.isBeginning(bursts) ? bursts.factor : 1;
  }

  private applyEvents(): void {
    for (
      let event = this.events[0];
      event && this.now >= this.openedAt + event.seconds * 1000;
      event = this.events[0]
    ) {
      this.events = this.events.slice(1);
      this.apply(event);
    }
  }

  private apply(event: Event): void {
    if ('arrivalRate' in event) this.arrivalRate = event.arrivalRate;
    else if ('alarm' in event) this.alarm = event.alarm;
    else if ('destination' in event) {
      for (const { hop, queue } of this.hops) {
        if (hop.destination !== event.destination) continue;
        if ('recreated' in event) queue.empty();
        else queue.hang(event.stuckPartition);
      }
    } else for (const each of this.hops) if (each.hop.stage === event.stage) changeStage(each, event);
  }
}

function changeStage(simulated: SimulatedHop, change: StageChange): void {
  const { queue, hop } = simulated;
  if ('instances' in change) simulated.instances = change.instances;
  else if ('ratePerInstance' in change) simulated.ratePerInstance = change.ratePerInstance;
  else if ('partitions' in change) queue.spreadOver(change.partitions);
  else if ('capacity' in change) queue.capacity = change.capacity;
  else simulated.hop = { ...hop, ailments: { ...hop.ailments, prefetch: change.prefetch } };
}

function outletsOf(scenario: Scenario, hops: readonly SimulatedHop[]): Map<string, Outlet[]> {
  const outlets = new Map<string, Outlet[]>();
  writersOf(scenario).forEach((writers, index) => {
    const queue = hops[index]?.queue;
    for (const [writer, each] of Object.entries(writers)) {
      if (queue) outlets.set(writer, [...(outlets.get(writer) ?? []), { queue, each, owed: 0 }]);
    }
  });
  return outlets;
}

/** What each consumer holds unfinished: the first takes as many as its prefetch lets it, then the next. */
export function holdersOf({ hop, queue, instances }: SimulatedHop): number[] {
  const { prefetch = 0 } = hop.ailments ?? {};
  return Array.from({ length: instances }, (_, index) =>
    Math.max(0, Math.min(prefetch, queue.backlog - index * prefetch)),
  );
}

/** Messages per second of one worker. A window of messages is refilled once in a round trip and the work on one message. */
const paceOf = (ratePerInstance: number, { prefetch, roundTripSeconds }: Ailments): number =>
  prefetch === undefined || roundTripSeconds === undefined || ratePerInstance === 0
    ? ratePerInstance
    : Math.min(ratePerInstance, prefetch / (roundTripSeconds + 1 / ratePerInstance));
