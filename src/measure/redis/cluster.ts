import calculateSlot from 'cluster-key-slot';
import type { Redis } from 'ioredis';
import type { BrokerConfig } from '../../model/brokerUrl';
import { SourceError } from '../source';
import { within } from '../within';
import { connectTo, type Address } from './connection';
import { redisError } from './errors';
import type { Link } from './link';
import { listOf, numberOf, textOf } from './reply';
import { sendOver, type Command } from './send';

/** Slots from `first` to `last` lie on that master (redis.io/docs/latest/commands/cluster-slots). */
interface SlotRange extends Address {
  first: number;
  last: number;
}

/**
 * A connection of its own to every master, so that commands can be sent in pipelines: ioredis' cluster client takes a
 * pipeline only where all its keys lie in one range of slots.
 * @throws {SourceError} when no server tells the slots, or no master can be reached
 */
export async function connectCluster(config: BrokerConfig, timeoutMs: number, signal: AbortSignal): Promise<Link> {
  const ranges = await askSlots(config, timeoutMs, signal);
  const masters = [...new Map(ranges.map((range) => [addressOf(range), range])).values()];
  const attempts = await Promise.allSettled(masters.map((at) => connectTo(at, config, timeoutMs, signal)));
  const clients = new Map<string, Redis>();
  let refusal: unknown = noSlots;
  masters.forEach((master, i) => {
    const attempt = attempts[i];
    if (attempt?.status === 'fulfilled') clients.set(addressOf(master), attempt.value);
    else refusal = attempt?.reason;
  });
  if (clients.size === 0) throw redisError(refusal);
  return {
    clients: [...clients.values()],
    away: masters.map(addressOf).filter((address) => !clients.has(address)),
    clientFor(command) {
      const slot = calculateSlot(keyIn(command));
      const range = ranges.find(({ first, last }) => first <= slot && slot <= last);
      return (range && clients.get(addressOf(range))) ?? null;
    },
  };
}

const noSlots = new SourceError(
  'unreachable',
  'no server of the cluster holds any slot',
  'see whether the cluster has been created: redis-cli --cluster check',
);
const addressOf = ({ host, port }: Address) => `${host}:${port}`;

/** The only argument that is a key in every command we send; XINFO has a sub-command before it. */
function keyIn([name, first = '', second = '']: Command): string | Buffer {
  const key = name === 'XINFO' ? second : first;
  return typeof key === 'number' ? String(key) : key;
}

/** Who holds which slots, by the first of the named servers that tells. */
async function askSlots(config: BrokerConfig, timeoutMs: number, signal: AbortSignal): Promise<SlotRange[]> {
  let failure: unknown = noSlots;
  for (const address of config.hosts) {
    let client: Redis | undefined;
    try {
      client = await connectTo(address, config, timeoutMs, signal);
      const [reply] = await within(sendOver(client)([['CLUSTER', 'SLOTS']]), timeoutMs, signal, 'no answer');
      if (reply instanceof Error) throw reply;
      const ranges = listOf(reply).flatMap((range) => slotRange(range, address.host));
      if (ranges.length > 0) return ranges;
    } catch (error) {
      signal.throwIfAborted();
      failure = error;
    } finally {
      client?.disconnect();
    }
  }
  throw redisError(failure);
}

/** First slot, last slot, master, replicas. A server that does not know its own address leaves it empty. */
function slotRange(reply: unknown, asked: string): SlotRange[] {
  const [first, last, master] = listOf(reply);
  const [host, port] = listOf(master);
  const [from, to, at] = [numberOf(first), numberOf(last), numberOf(port)];
  if (from === null || to === null || at === null) return [];
  return [{ first: from, last: to, host: textOf(host) || asked, port: at }];
}
