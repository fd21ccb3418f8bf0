/**
 * Replies of Redis as Node sees them: buffers, numbers, null and lists of these. Names are kept as buffers while they are
 * sent back, since a key need not be text.
 */

/** Values by name in a reply of alternating names and values (XINFO); undefined for a name that is not there. */
export function fieldsOf(reply: unknown): (name: string) => unknown {
  const list = listOf(reply);
  return (name) => {
    for (let i = 0; i + 1 < list.length; i += 2) {
      const key = list[i];
      // Names of another length need not be decoded, which in ten thousand replies is felt.
      if (Buffer.isBuffer(key) && key.length === name.length && key.toString('latin1') === name) return list[i + 1];
    }
    return undefined;
  };
}

export const listOf = (reply: unknown): unknown[] => (Array.isArray(reply) ? (reply as unknown[]) : []);

/** UTF-8; bytes that are none become U+FFFD. Anything but text gives an empty string. */
export const textOf = (reply: unknown): string =>
  Buffer.isBuffer(reply) ? reply.toString('utf8') : typeof reply === 'string' ? reply : '';

export const numberOf = (reply: unknown): number | null => (typeof reply === 'number' ? reply : null);

/** The name as it came, to be sent back. */
export const bytesOf = (reply: unknown): Buffer => (Buffer.isBuffer(reply) ? reply : Buffer.from(textOf(reply)));

/** One entry of a stream: `milliseconds-sequence`, compared as numbers. */
export interface StreamId {
  /** Milliseconds since the epoch by the server's clock, unless the producer chose the ids itself. */
  ms: number;
  sequence: number;
}

/** Null where the text is no id. Redis' ids fit 64 bits; those above 2^53 lose precision, which only ages can notice. */
export function streamIdOf(reply: unknown): StreamId | null {
  const match = /^(\d+)-(\d+)$/.exec(textOf(reply));
  return match ? { ms: Number(match[1]), sequence: Number(match[2]) } : null;
}

/** Negative, zero or positive, as for sort. */
export const compareIds = (a: StreamId, b: StreamId): number => a.ms - b.ms || a.sequence - b.sequence;
