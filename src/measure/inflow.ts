import type { Duplex } from 'node:stream';

const megabyte = 1024 * 1024;

/**
 * Bytes of one answer that are read. A hundred and fifty thousand queues of RabbitMQ fit, or a million partitions of Kafka;
 * what sends more would only fill the memory.
 */
export const longestAnswer = 32 * megabyte;
/** Names of one list that are taken in. */
export const longestList = 1_000_000;

/** A server sends more than is read of it. The message bears the sign by which `networkFailures` knows it. */
export class FloodError extends Error {
  override name = 'FloodError';
}

/** @param bytes that are read */
export const tooLong = (bytes = longestAnswer) => new FloodError(`the answer is longer than ${bytes / megabyte} MB`);

/** @throws {FloodError} where a list has grown longer than is taken in */
export function refuseEndless(list: readonly unknown[]): void {
  if (list.length > longestList) throw new FloodError(`the list is longer than ${longestList / 1e6} million names`);
}

/** What limits what a broker may send, and who looks at it. */
export interface InflowLimit {
  /** Bytes that may come since anything was last asked. */
  longest?: number;
  /** Is shown each piece before the client; what it throws ends the connection too. */
  screen?: (piece: Buffer) => void;
  /** Is told when something new was asked. */
  asked?: () => void;
}

/** Ends a connection with a FloodError once more came on it than an answer is long. To be called when its client listens. */
export function limitInflow(
  connection: Duplex & { bytesWritten: number },
  { longest = longestAnswer, screen, asked }: InflowLimit = {},
): void {
  let written = connection.bytesWritten;
  let received = 0;
  const clients = connection.listeners('data') as ((piece: Buffer) => void)[];
  connection.removeAllListeners('data');
  connection.on('data', (piece: Buffer) => {
    if (connection.destroyed) return;
    if (connection.bytesWritten !== written) {
      written = connection.bytesWritten;
      received = 0;
      asked?.();
    }
    received += piece.length;
    try {
      if (received > longest) throw tooLong(longest);
      screen?.(piece);
    } catch (error) {
      connection.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    for (const client of clients) client.call(connection, piece);
  });
}
