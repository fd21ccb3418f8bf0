import { SourceError } from '../source';
import type { Send } from './send';
import { textOf } from './reply';

/** What the server says of itself, as far as the user may ask. */
export interface ServerWord {
  /** Milliseconds since the epoch by the server's clock, which also makes the ids; null where INFO is denied. */
  now: number | null;
  roundTripSeconds: number;
}

/**
 * Greets the server with INFO.
 * @param single it should hold all keys
 * @throws {SourceError} `wrong-system` where it should and is a node of a cluster
 */
export async function greet(send: Send, single: boolean): Promise<ServerWord> {
  const asked = performance.now();
  const [reply] = await send([['INFO', 'server']]);
  const roundTripSeconds = (performance.now() - asked) / 1000;
  if (reply instanceof Error) {
    if (reply.message.startsWith('NOPERM')) return { now: null, roundTripSeconds };
    throw reply;
  }
  const facts = infoFacts(textOf(reply));
  if (single && facts.redis_mode === 'cluster') {
    throw new SourceError('wrong-system', 'this is a cluster', 'name it as one: redis+cluster://host:port');
  }
  const microseconds = Number(facts.server_time_usec);
  return { now: microseconds > 0 ? microseconds / 1000 : null, roundTripSeconds };
}

/** The `name:value` lines of INFO. */
export function infoFacts(text: string): Record<string, string> {
  const lines = text.matchAll(/^([^#:\r\n]+):([^\r\n]*)/gm);
  return Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value]));
}
