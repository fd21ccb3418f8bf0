import { count, duration, percent, plural, rate } from '../../model/format';
import type { Cause } from '../../model/report';
import type { QueueFacts } from '../facts';
import type { Situation } from './situation';

/** One consumer with this share of what is handed out, while another has nothing, keeps it from the others. */
const hoardShare = 0.6;
/** Messages handed out for longer than this at the present pace wait in a consumer, not in the queue. */
const heldSeconds = 60;
/** A hoard is not made of a handful. */
const fewestHeld = 20;

/**
 * Messages that one consumer has to hold so that the next is there when one is finished: rate × round trip + 1
 * (CONTRACTS.md "Cause", Little's law over the wire).
 * @param ratePerConsumer messages per second
 */
export const prefetchNeeded = (ratePerConsumer: number, roundTripSeconds: number) =>
  Math.ceil(ratePerConsumer * roundTripSeconds - 1e-9) + 1;

/** Consumers wait for the wire: what they may hold is used up before the next message can reach them. */
export function prefetchTooSmall({ facts, broker }: Situation): Cause | null {
  const { prefetch, waiting, consumerCapacity } = facts.latest;
  const roundTrip = broker?.roundTripSeconds ?? null;
  if (!prefetch || !waiting || roundTrip === null || !facts.consumers || !facts.rates.departure) return null;
  const each = facts.rates.departure / facts.consumers;
  if (prefetch >= each * roundTrip + 1) return null;
  const onTheWire = Math.min(1, (each * roundTrip) / prefetch);
  const evidence = [
    `Prefetch is ${count(prefetch)}; ${rate(each)} for each of ${plural(facts.consumers, 'consumer')} × ${milliseconds(roundTrip)} round trip + 1 is ${count(prefetchNeeded(each, roundTrip))}, and ${count(waiting)} are ready.`,
    `${percent(onTheWire)} of a consumer's time goes by while the next message is on its way.`,
    ...(consumerCapacity === null
      ? []
      : [`The queue could deliver at once for ${percent(consumerCapacity)} of the time.`]),
  ];
  return { kind: 'prefetch-too-small', confidence: Math.min(0.95, 0.5 + onTheWire / 2), evidence };
}

/** Messages wait inside a consumer where no other can take them. */
export function prefetchTooLarge({ facts }: Situation): Cause | null {
  const evidence = [...hoard(facts), ...heldLong(facts)];
  return evidence.length === 0 ? null : { kind: 'prefetch-too-large', confidence: 0.8, evidence };
}

function hoard({ latest }: QueueFacts): string[] {
  const holders = (latest.members ?? []).filter(({ inFlight }) => inFlight !== null);
  const held = holders.reduce((sum, { inFlight }) => sum + (inFlight ?? 0), 0);
  const most = holders.toSorted((a, b) => (b.inFlight ?? 0) - (a.inFlight ?? 0))[0];
  const idle = holders.filter(({ inFlight }) => inFlight === 0).length;
  if (!most || held < fewestHeld || idle === 0 || (most.inFlight ?? 0) < hoardShare * held) return [];
  return [
    `${most.client ?? most.id} holds ${count(most.inFlight ?? 0)} of ${count(held)} messages in flight while ${plural(idle, 'other has', 'others have')} none.`,
  ];
}

function heldLong({ latest, rates, consumers }: QueueFacts): string[] {
  const { inFlight, prefetch } = latest;
  if (inFlight === null || inFlight < fewestHeld || !rates.departure || !consumers) return [];
  const seconds = inFlight / rates.departure;
  // Without a limit on record nobody chose to hold so much: an acknowledgement that never comes looks the same.
  if (prefetch === null || seconds < heldSeconds) return [];
  return [
    `${count(inFlight)} are in flight at ${rate(rates.departure)}: each waits ${duration(seconds)} inside a consumer (prefetch ${count(prefetch)}).`,
  ];
}

const milliseconds = (seconds: number) => `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
