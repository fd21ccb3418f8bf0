import { httpFailure, networkFailures, orHttpSpeaksTls } from '../network';
import { SourceError, type FailureKind } from '../source';
import type { Answer } from './management';

const addressNext = 'name the management port, 15672 by default: amqp://host?management=http://host:15672';

export const rabbitmqFailures: readonly FailureKind[] = [
  {
    sign: /ECONNREFUSED/,
    code: 'unreachable',
    message: 'nothing listens there',
    next: 'check that the node is running and its management plugin is on: rabbitmq-plugins enable rabbitmq_management',
  },
  { sign: /HPE_/, code: 'wrong-system', message: 'no management API answers there', next: addressNext },
  ...networkFailures,
];

/** The whole broker's error for a call that got no answer. @param base the address of the API, without credentials */
export const callError = (error: unknown, base: string): Promise<SourceError> =>
  orHttpSpeaksTls(httpFailure(error, base, rabbitmqFailures), base);

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
