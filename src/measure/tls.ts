import { readFile } from 'node:fs/promises';
import { connect, type ConnectionOptions } from 'node:tls';
import type { TlsFiles } from '../model/brokerUrl';
import { SourceError } from './source';

/**
 * The TLS options for the files of a broker's configuration.
 * @throws {SourceError} `tls` when a file cannot be read or is not PEM, which Node itself would pass over in silence
 */
export async function tlsOptions({ ca, cert, key, serverName }: TlsFiles): Promise<ConnectionOptions> {
  const [caText, certText, keyText] = await Promise.all([ca, cert, key].map(pem));
  return {
    ...(caText && { ca: [caText] }),
    ...(certText && { cert: certText }),
    ...(keyText && { key: keyText }),
    ...(serverName && { servername: serverName }),
  };
}

async function pem(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SourceError('tls', `${file} cannot be read`, 'check the path and who may read it', { cause: error });
  });
  if (!/-----BEGIN [A-Z0-9 ]+-----/.test(text)) {
    throw new SourceError('tls', `${file} is not a PEM file`, 'give a file with -----BEGIN … in it');
  }
  return text;
}

const greetingMs = 2000;

/** Does that port answer a TLS greeting? Asked only to explain why a plain connection was closed. */
export function speaksTls({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: greetingMs });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', () => end(true));
    socket.once('timeout', () => end(false));
    // A server that wants a client's certificate says so in TLS.
    socket.once('error', (error: Error) => end(error.message.includes('alert')));
  });
}
