import { SourceError } from '../source';

type Code = SourceError['code'];

/** First match wins. The texts are Redis' own error replies, Node's codes and ioredis' messages. */
const kinds: readonly { sign: RegExp; code: Code; message: string; next: string }[] = [
  {
    sign: /^WRONGPASS|invalid password/,
    code: 'denied',
    message: 'wrong user or password',
    next: 'enter the password again',
  },
  {
    sign: /^NOAUTH/,
    code: 'denied',
    message: 'Redis asks for a password',
    next: 'put user and password into the connection',
  },
  {
    sign: /^NOPERM/,
    code: 'denied',
    message: 'the user may not run what reading needs',
    next: 'allow the commands that the documentation lists for a reader: ACL SETUSER … +info +scan +xinfo +xpending and the others',
  },
  {
    sign: /^LOADING/,
    code: 'unknown',
    message: 'Redis is still loading its data',
    next: 'wait until it has loaded',
  },
  {
    sign: /^BUSY/,
    code: 'unknown',
    message: 'Redis is busy running a script',
    next: 'wait for the script, or end it with SCRIPT KILL',
  },
  {
    sign: /DB index is out of range/,
    code: 'unknown',
    message: 'there is no such database',
    next: 'check the number after the last slash of the URL',
  },
  {
    sign: /^MOVED/,
    code: 'wrong-system',
    message: 'this is a cluster',
    next: 'name it as one: redis+cluster://host:port',
  },
  {
    sign: /cluster support disabled/,
    code: 'wrong-system',
    message: 'this is a single server',
    next: 'name it as one: redis://host:port',
  },
  {
    sign: /^CLUSTERDOWN/,
    code: 'unreachable',
    message: 'the cluster is down: some of its slots have no server',
    next: 'start the missing master again; redis-cli --cluster check names it',
  },
  {
    sign: /No such master/,
    code: 'unknown',
    message: 'the sentinels know no master of that name',
    next: 'check the name after the hosts: redis+sentinel://host:26379/MASTER/0',
  },
  {
    sign: /All sentinels are unreachable/,
    code: 'unreachable',
    message: 'no sentinel names a master that answers',
    next: 'check the hosts of the sentinels; a fail-over may be under way',
  },
  {
    sign: /^Protocol error|Protocol error, got/,
    code: 'wrong-system',
    message: 'what answers there is not Redis',
    next: 'check host and port',
  },
  {
    sign: /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/,
    code: 'tls',
    message: 'no secure connection',
    next: 'check that the port speaks TLS and that the authority (ca) is the one that signed its certificate',
  },
  {
    sign: /ETIMEDOUT/,
    code: 'timeout',
    message: 'no answer in time',
    next: 'see whether Redis hangs or a firewall swallows the connection; a TLS port needs rediss://',
  },
  {
    sign: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|Connection is closed|Stream isn't writeable/,
    code: 'unreachable',
    message: 'cannot be reached',
    next: 'check host and port, and that Redis is running',
  },
];

/** The whole broker's error for what a connection or a command failed with. */
export function redisError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const text = describe(error);
  const kind = kinds.find(({ sign }) => sign.test(text.message) || sign.test(text.code));
  if (!kind) return new SourceError('unknown', text.message, 'see the log for the whole error', { cause: error });
  return new SourceError(kind.code, `${kind.message} (${text.message})`, kind.next, { cause: error });
}

function describe(error: unknown): { message: string; code: string } {
  if (!(error instanceof Error)) return { message: String(error), code: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Node sums up attempts on several addresses in an error without a message.
  return { message: error.message === '' ? code : error.message, code };
}

/** Was this key or command refused to the user? */
export const isDenied = (answer: unknown): boolean => answer instanceof Error && answer.message.startsWith('NOPERM');

/** Does another server of a cluster hold the key by now? */
export const hasMoved = (answer: unknown): boolean =>
  answer instanceof Error && /^(MOVED|ASK|TRYAGAIN) /.test(answer.message);

/** Has the key gone since it was listed, or was it never a stream? */
export const isNoStream = (answer: unknown): boolean =>
  answer instanceof Error && /no such key|^WRONGTYPE/i.test(answer.message);

/** One sentence for the row of what was refused. */
export const rowReason = (error: Error): string =>
  isDenied(error)
    ? 'denied: the user may not read these keys'
    : hasMoved(error)
      ? 'the key has just moved to another server of the cluster'
      : error.message;
