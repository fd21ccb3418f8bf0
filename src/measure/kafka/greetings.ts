import { connect } from 'node:net';

const greetingMs = 2000;

/**
 * Does that port answer HTTP? Asked only to explain why a connection was closed. A Kafka broker takes the question for a
 * request of 1.2 GB and hangs up.
 */
export function speaksHttp({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => socket.write('GET / HTTP/1.0\r\n\r\n'));
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(greetingMs, () => end(false));
    socket.once('data', (piece) => end(piece.toString('latin1').startsWith('HTTP/')));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
