import { failureOf, type FailureKind, type SourceError } from '../source';

/** First match wins. The texts are NATS' own refusals, Node's codes and the names of the client's errors. */
const kinds: readonly FailureKind[] = [
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
    sign: /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO|certificate|secure tls|tls/i,
    code: 'tls',
    message: 'no secure connection',
    next: 'check that the port speaks TLS and that the authority (ca) is the one that signed its certificate',
  },
  {
    sign: /ETIMEDOUT|TimeoutError|\btimeout\b/i,
    code: 'timeout',
    message: 'no answer in time',
    next: 'see whether NATS hangs or a firewall swallows the connection',
  },
  {
    sign: /ECONNREFUSED|connection refused|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|ClosedConnection|disconnect/i,
    code: 'unreachable',
    message: 'cannot be reached',
    next: 'check host and port, and that NATS is running',
  },
  {
    sign: /unexpected response|is not valid JSON|ProtocolError|parse error/i,
    code: 'wrong-system',
    message: 'what answers there is not NATS',
    next: 'check host and port',
  },
];

/** The whole broker's error for what a connection or a request failed with. */
export function natsError(error: unknown): SourceError {
  return failureOf(error, describe(error), kinds);
}

/** Message, code and causes in one line: the client wraps what happened. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const own = error.message || code || error.name;
  const named = code && !own.includes(code) ? `${own}, ${code}` : own;
  const cause = error.cause === undefined ? '' : describe(error.cause);
  return cause === '' || named.includes(cause) ? named : `${named}: ${cause}`;
}

/** Was this request refused to the user? */
export const isDenied = (error: unknown): boolean => /Permissions Violation/i.test(describe(error));

/** One sentence for the row of what was refused. */
export const rowReason = (error: Error): string =>
  isDenied(error) ? 'denied: the user may not list the consumers of this stream' : describe(error);
