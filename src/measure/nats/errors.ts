import { describeError as describe, networkFailures } from '../network';
import { failureOf, type FailureKind, type SourceError } from '../source';

/** First match wins. The texts are NATS' own refusals, Node's codes and the names of the client's errors. */
export const natsFailures: readonly FailureKind[] = [
  {
    sign: /Authorization Violation|Authentication (Timeout|Expired)|Authorization/i,
    code: 'denied',
    message: 'not let in: wrong user, password or credentials',
    next: 'enter user and password again, or name the credentials file',
  },
  {
    sign: /Permissions Violation/i,
    code: 'denied',
    message: 'the user may not ask what reading needs',
    next: 'allow the user to publish to $JS.API.INFO, $JS.API.STREAM.LIST and $JS.API.CONSUMER.LIST.> and to subscribe to _INBOX.>',
  },
  {
    sign: /JetStreamNotEnabled|jetstream (is )?not enabled/i,
    code: 'unsupported',
    message: 'JetStream is off for this account',
    next: 'turn it on (jetstream: enabled in the account), or take a user of another account',
  },
  {
    sign: /server does not support 'tls'/,
    code: 'tls',
    message: 'this port does not speak TLS',
    next: 'name the TLS port, or leave the authority (ca) out of the URL',
  },
  {
    sign: /node provided an undefined error/,
    code: 'unreachable',
    message: 'the connection was lost',
    next: "if that goes on, see the server's log and what lies between",
  },
  {
    sign: /unexpected response|is not valid JSON|ProtocolError|parse error/i,
    code: 'wrong-system',
    message: 'what answers there is not NATS',
    next: 'check host and port',
  },
  ...networkFailures,
];

/** The whole broker's error for what a connection or a request failed with. */
export function natsError(error: unknown): SourceError {
  return failureOf(error, describe(error), natsFailures);
}

/** Was this request refused to the user? */
export const isDenied = (error: unknown): boolean => /Permissions Violation/i.test(describe(error));

/** One sentence for the row of what was refused. */
export const rowReason = (error: Error): string =>
  isDenied(error) ? 'denied: the user may not list the consumers of this stream' : describe(error);
