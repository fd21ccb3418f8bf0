import { createConnection } from 'node:net';
import { SourceError } from '../source';

/**
 * Waits until a NATS greets there (its first line is `INFO {…}`, NATS client protocol). Asked before the client is let
 * loose, for it never closes a socket on which nobody greets.
 * @throws {SourceError} `wrong-system` where something else greets
 * @throws what Node's net throws, or the signal's reason
 */
export function greeted({ host, port }: { host: string; port: number }, signal: AbortSignal): Promise<void> {
  const socket = createConnection({ host, port });
  const heard = new Promise<void>((resolve, reject) => {
    let text = '';
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
      if (text.length < 5) return;
      if (text.startsWith('INFO ')) resolve();
      else
        reject(new SourceError('wrong-system', `what answers at ${host}:${port} is not NATS`, 'check host and port'));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed without a word'), { code: 'ECONNRESET' })));
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return heard.finally(() => socket.destroy());
}
