import { SourceError } from '../source';
import type { Answer } from './management';

/** The whole broker's error for a call that got no answer. @param base the address of the API, without credentials */
export function callError(error: unknown, base: string): SourceError {
  if (error instanceof SourceError) return error;
  const { code, message } = describe(error);
  const at = (text: string) => `${base}: ${text} (${message})`;
  const options = { cause: error };
  if (code === 'TimeoutError' || code === 'ETIMEDOUT') {
    const next = 'see whether the node hangs or a firewall swallows the connection';
    return new SourceError('timeout', at('no answer in time'), next, options);
  }
  if (code === 'ECONNREFUSED') {
    const next =
      'check that the node is running and its management plugin is on: rabbitmq-plugins enable rabbitmq_management';
    return new SourceError('unreachable', at('nobody listens there'), next, options);
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    const next = 'check that the port speaks TLS and that the authority (ca) is the one that signed its certificate';
    return new SourceError('tls', at('no secure connection'), next, options);
  }
  if (code.startsWith('HPE_')) {
    return new SourceError('wrong-system', at('no management API answers there'), addressNext, options);
  }
  if (/^E[A-Z_]+$/.test(code)) {
    return new SourceError('unreachable', at('cannot be reached'), 'check host and port', options);
  }
  return new SourceError('unknown', `${base}: ${message}`, 'see the log for the whole error', options);
}

/** The whole broker's error for an answer that is not the wanted one. */
export function answerError({ status }: Pick<Answer, 'status'>, base: string, username: string): SourceError {
  if (status === 401 || status === 403) {
    return new SourceError(
      'denied',
      `${base}: user ${username} is not let in (${status})`,
      'enter the password again, and give the user the tag monitoring: rabbitmqctl set_user_tags USER monitoring',
    );
  }
  if (status >= 500) {
    return new SourceError('unknown', `${base}: the management API answers ${status}`, "see the node's own log");
  }
  return new SourceError('wrong-system', `${base}: what answers there is no management API (${status})`, addressNext);
}

const addressNext = 'name the management port, 15672 by default: amqp://host?management=http://host:15672';

function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message === '' ? code : error.message };
}
