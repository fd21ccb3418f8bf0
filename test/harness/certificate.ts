import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { folder, run, runFolder } from './tools';

/** Paths of an authority's certificate and of a server's, which it signed for localhost and 127.0.0.1. */
export interface Certificate {
  ca: string;
  certificate: string;
  key: string;
}

/**
 * Makes an authority and a certificate of its own for one test.
 * @param days how long the server's certificate holds; 0: it has expired at once
 * @throws where openssl is missing
 */
export async function makeCertificate(days = 30): Promise<Certificate> {
  const home = await mkdtemp(path.join(folder(runFolder), 'tls-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: home });
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  const authority = ['-days', '30', '-subj', '/CN=test-ca', '-keyout', 'ca.key', '-out', 'ca.crt'];
  await openssl('req', '-x509', ...newKey, ...authority);
  await openssl('req', ...newKey, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr');
  await writeFile(path.join(home, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', `${days}`, '-extfile', 'names'];
  await openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.crt', ...signing);
  const file = (name: string) => path.join(home, name);
  return { ca: file('ca.crt'), certificate: file('server.crt'), key: file('server.key') };
}
