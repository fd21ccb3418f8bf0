import { SimulatedQueue } from './queue';
import { seededRandom } from './random';
import type { Event, Hop, Scenario } from './scenarios';

/** Fixed, so that a seed gives the same figures whatever steps the caller advances by. */
const tickMs = 100;
const ticksPerMark = 10;
/** Simulated before the opening, so that the first sweep finds counters, ages and backlogs as of a system at work. */
export const warmUpMs = 3_600_000;
/** Traffic the counters begin with. */
const pastSeconds = 7200;

/** A stage and the queue it reads, as they are now. */
export interface SimulatedHop {
  readonly hop: Hop;
  readonly queue: SimulatedQueue;
  instances: number;
  /** Messages per second. */
  ratePerInstance: number;
  /** Counter. */
  finished: number;
}

/** A pipeline of queues and workers that lives on a time handed in. */
export class Simulator {
  readonly hops: readonly SimulatedHop[];
  /** Counter of what the source has produced. */
  sourced: number;
  private arrivalRate: number;
  private tick = 0;
  private readonly random;
  private readonly begin: number;
  private events: readonly Event[];

  /** @param openedAt milliseconds since the epoch; the simulation begins an hour before */
  constructor(
    private readonly scenario: Scenario,
    private readonly openedAt: number,
  ) {
    this.random = seededRandom(scenario.seed);
    this.begin = openedAt - warmUpMs;
    this.arrivalRate = scenario.arrivalRate;
    this.events = [...scenario.events].sort((a, b) => a.seconds - b.seconds);
    this.sourced = Math.round(scenario.arrivalRate * pastSeconds);
    this.hops = scenario.hops.map((hop) => ({
      hop,
      queue: new SimulatedQueue(hop.partitions, this.sourced, hop.capacity),
      instances: hop.instances,
      ratePerInstance: hop.ratePerInstance,
      finished: this.sourced,
    }));
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
    const seconds = tickMs / 1000;
    const [first] = this.hops;
    const arriving = this.random.count(this.arrivalRate * this.burstFactor() * seconds);
    const accepted = Math.min(arriving, first?.queue.room ?? arriving);
    this.sourced += accepted;
    first?.queue.produce(accepted);
    this.hops.forEach((stage, index) => {
      const next = this.hops[index + 1]?.queue;
      const able = this.random.count(stage.instances * stage.ratePerInstance * seconds);
      const finished = stage.queue.consume(stage.instances, able, next?.room ?? Infinity);
      stage.finished += finished;
      next?.produce(finished);
      stage.queue.commit(this.tick, Math.max(1, Math.round((stage.hop.commitSeconds * 1000) / tickMs)));
      if (this.tick % ticksPerMark === 0) stage.queue.mark(this.now);
    });
  }

  private burstFactor(): number {
    const { bursts } = this.scenario;
    if (!bursts) return 1;
    return ((this.tick * tickMs) / 1000) % bursts.everySeconds < bursts.forSeconds ? bursts.factor : 1;
  }

  private applyEvents(): void {
    for (
      let event = this.events[0];
      event && this.now >= this.openedAt + event.seconds * 1000;
      event = this.events[0]
    ) {
      this.events = this.events.slice(1);
      if ('arrivalRate' in event) this.arrivalRate = event.arrivalRate;
      else {
        const { stage, ...change } = event;
        for (const each of this.hops) {
          if (each.hop.stage !== stage) continue;
          if ('instances' in change) each.instances = change.instances;
          else each.ratePerInstance = change.ratePerInstance;
        }
      }
    }
  }
}
