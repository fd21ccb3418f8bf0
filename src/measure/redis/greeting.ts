import { createConnection } from 'node:net';
import type { BrokerConfig } from '../../model/brokerUrl';
import { orSpeaksTls } from '../network';
import { SourceError } from '../source';

/** It answers at once or is no Redis; the sweep has a deadline too. */
const greetingMs = 500;

/**
 * Does a Redis answer PING there without TLS? Asked only to explain why it did not answer in TLS: it takes the handshake
 * for the beginning of a long command.
 */
function speaksPlainly({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: greetingMs });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => end(/^(\+PONG|-)/.test(reply.toString('latin1'))));
    for (const event of ['timeout', 'error', 'close'] as const) socket.once(event, () => end(false));
  });
}

/** The same failure, or that the port and the URL disagree about TLS: the first of the hosts is greeted once in the other way. */
export async function tlsOrNot(told: SourceError, { tls, hosts: [place] }: BrokerConfig): Promise<SourceError> {
  if (!place) return told;
  if (!tls) return orSpeaksTls(told, place, 'use rediss:// instead of redis://');
  if (told.code !== 'timeout' || !(await speaksPlainly(place))) return told;
  const next = 'use redis:// instead of rediss://, or name the TLS port';
  return new SourceError('tls', 'this port does not speak TLS', next, { cause: told });
}
