import { failureOf, SourceError, type FailureKind } from './source';
import { speaksTls } from './tls';

/**
 * Failures of sockets and TLS, told alike for every system. First match wins. The signs are Node's codes and texts, and
 * OpenSSL's.
 */
export const networkFailures: readonly FailureKind[] = [
  {
    sign: /is longer than [\d.]+ (MB|million)|announces more than is read/,
    code: 'unsupported',
    message: 'it sends more than is read of a broker',
    next: 'name only the queues you need in a pipeline file, and check that the address is that of a broker',
  },
  {
    sign: /compressed though nobody asked/,
    code: 'unsupported',
    message: 'its answers cannot be read',
    next: 'turn off compression in what stands between, or name the address of the server itself',
  },
  {
    sign: /ERR_TLS_CERT_ALTNAME_INVALID/,
    code: 'tls',
    message: 'the certificate is for another name',
    next: 'use a host name that the certificate lists, or set serverName',
  },
  {
    sign: /CERT_HAS_EXPIRED|certificate has expired/i,
    code: 'tls',
    message: 'the certificate has expired',
    next: "have the server's certificate renewed",
  },
  {
    sign: /SELF_SIGNED|UNABLE_TO_|self.signed|unable to (verify|get)/i,
    code: 'tls',
    message: 'the certificate is not signed by a trusted authority',
    next: 'give its authority: ca=FILE',
  },
  {
    sign: /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE/i,
    code: 'tls',
    message: 'the server refuses the handshake',
    next: 'it may want a certificate of yours: cert=FILE&key=FILE',
  },
  {
    sign: /wrong version number|packet length too long|before secure TLS connection|ERR_SSL|EPROTO/,
    code: 'tls',
    message: 'this port does not speak TLS',
    next: 'name the TLS port, or leave the s out of the URL',
  },
  {
    sign: /ERR_TLS|CERT_/,
    code: 'tls',
    message: 'no secure connection',
    next: 'check the authority (ca) and the certificate',
  },
  {
    sign: /ETIMEDOUT|TimeoutError|no answer within|\btimeout\b|\btimed out\b/i,
    code: 'timeout',
    message: 'no answer in time',
    next: 'see whether it hangs, and check the VPN and firewall on the way',
  },
  {
    sign: /ECONNREFUSED|connection refused/i,
    code: 'unreachable',
    message: 'nothing listens there',
    next: 'check host and port, and that the broker is running',
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN/,
    code: 'unreachable',
    message: 'the host name is not known',
    next: 'check the host name, or the VPN that resolves it',
  },
  {
    sign: /EHOSTUNREACH|ENETUNREACH/,
    code: 'unreachable',
    message: 'no way leads to that host',
    next: 'check the network, VPN and firewall',
  },
  {
    sign: /ECONNRESET|EPIPE|WRITE_AFTER_END|socket hang up|\baborted\b|connection (is )?closed|ClosedConnection|disconnect|isn't writeable/i,
    code: 'unreachable',
    message: 'the connection was lost',
    next: "if that goes on, see the server's log and what lies between",
  },
];

/** Message, code and causes in one line: clients wrap what happened. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Node sums up attempts on several addresses in an error without a message.
  const own = error.message || code || error.name;
  const named = code && !own.includes(code) ? `${own}, ${code}` : own;
  const cause = error.cause === undefined ? '' : describeError(error.cause);
  return cause === '' || named.includes(cause) ? named : `${named}: ${cause}`;
}

/** The error for a failed HTTP call. @param at the address, without credentials */
export const httpFailure = (error: unknown, at: string, kinds: readonly FailureKind[]): SourceError =>
  failureOf(error, describeError(error), kinds, `${at}: `);

/**
 * A port that speaks TLS closes a plain connection without a word: then it is greeted once more, in TLS.
 * @param told what is said otherwise
 * @param next what to write instead
 */
export async function orSpeaksTls(
  told: SourceError,
  place: { host: string; port: number },
  next: string,
): Promise<SourceError> {
  if (told.code !== 'unreachable' || !told.message.includes('the connection was lost')) return told;
  return (await speaksTls(place)) ? new SourceError('tls', 'this port speaks TLS', next, { cause: told }) : told;
}

/** The same for an HTTP server. @param at its address */
export function orHttpSpeaksTls(told: SourceError, at: string): Promise<SourceError> {
  const { protocol, hostname, port } = new URL(at);
  if (protocol === 'https:') return Promise.resolve(told);
  const place = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 80 };
  return orSpeaksTls(told, place, 'write https:// instead of http:// in the URL');
}
