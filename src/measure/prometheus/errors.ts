import { httpFailure, networkFailures, orHttpSpeaksTls } from '../network';
import { SourceError, type FailureKind } from '../source';

/** What was called, as people know it. */
export type Called = 'Prometheus' | 'metrics page';

const addressNext: Record<Called, string> = {
  Prometheus: 'name the address of its web page, 9090 by default: prometheus+http://host:9090',
  'metrics page': 'name the address of the page that Prometheus would scrape: metrics+http://host:8000/metrics',
};

const kindsOf = (what: Called): readonly FailureKind[] => [
  {
    sign: /ECONNREFUSED/,
    code: 'unreachable',
    message: 'nothing listens there',
    next: `start it, or ${addressNext[what]}`,
  },
  { sign: /HPE_/, code: 'wrong-system', message: `no ${what} answers there`, next: addressNext[what] },
  ...networkFailures,
];

/** The whole broker's error for a call that got no answer. @param at the address, without credentials */
export const callError = (error: unknown, at: string, what: Called): Promise<SourceError> =>
  orHttpSpeaksTls(httpFailure(error, at, kindsOf(what)), at);

/** The whole broker's error for an answer that is not the wanted one. @param text how the answer begins */
export function answerError(status: number, text: string, at: string, what: Called): SourceError {
  if (status === 403) {
    const next = 'let this user ask for it, or ask with another one: user:password@host';
    return new SourceError('denied', `${at}: denied (403)`, next);
  }
  if (status === 401) {
    const next = 'enter user and password again: they stand before the host, user:password@host';
    return new SourceError('denied', `${at}: not let in (${status})`, next);
  }
  if (status === 400 && text.includes('HTTPS server')) {
    return new SourceError('tls', `${at}: it speaks TLS only`, 'write https instead of http in the URL');
  }
  if (status >= 500) return new SourceError('unknown', `${at}: it answers ${status}`, 'see its own log');
  return new SourceError('wrong-system', `${at}: what answers there is no ${what} (${status})`, addressNext[what]);
}
