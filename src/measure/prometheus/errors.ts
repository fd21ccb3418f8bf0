import { SourceError } from '../source';

/** What was called, as people know it. */
export type Called = 'Prometheus' | 'metrics page';

const addressNext: Record<Called, string> = {
  Prometheus: 'name the address of its web page, 9090 by default: prometheus+http://host:9090',
  'metrics page': 'name the page that Prometheus would scrape: metrics+http://host:8000/metrics',
};

/** The whole broker's error for a call that got no answer. @param at the address, without credentials */
export function callError(error: unknown, at: string, what: Called): SourceError {
  if (error instanceof SourceError) return error;
  const { code, message } = describe(error);
  const told = (text: string) => `${at}: ${text} (${message})`;
  const options = { cause: error };
  if (code === 'TimeoutError' || code === 'ETIMEDOUT') {
    const next = 'see whether it hangs or a firewall swallows the connection';
    return new SourceError('timeout', told('no answer in time'), next, options);
  }
  if (code === 'ECONNREFUSED') {
    return new SourceError('unreachable', told('nobody listens there'), `start it, or ${addressNext[what]}`, options);
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    const next = 'check that the port speaks TLS and that the authority (ca) is the one that signed its certificate';
    return new SourceError('tls', told('no secure connection'), next, options);
  }
  if (code.startsWith('HPE_')) {
    return new SourceError('wrong-system', told(`no ${what} answers there`), addressNext[what], options);
  }
  if (/^E[A-Z_]+$/.test(code))
    return new SourceError('unreachable', told('cannot be reached'), 'check host and port', options);
  return new SourceError('unknown', `${at}: ${message}`, 'see the log for the whole error', options);
}

/** The whole broker's error for an answer that is not the wanted one. @param text how the answer begins */
export function answerError(status: number, text: string, at: string, what: Called): SourceError {
  if (status === 401 || status === 403) {
    const next = 'enter user and password again: they stand before the host, user:password@host';
    return new SourceError('denied', `${at}: not let in (${status})`, next);
  }
  if (status === 400 && text.includes('HTTPS server')) {
    return new SourceError('tls', `${at}: it speaks TLS only`, 'write https instead of http in the URL');
  }
  if (status >= 500) return new SourceError('unknown', `${at}: it answers ${status}`, 'see its own log');
  return new SourceError('wrong-system', `${at}: what answers there is no ${what} (${status})`, addressNext[what]);
}

function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message === '' ? code : error.message };
}
