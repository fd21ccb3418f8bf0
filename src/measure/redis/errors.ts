import { describeError, networkFailures } from '../network';
import { failureOf, type FailureKind, type SourceError } from '../source';

/** First match wins. The texts are Redis' own error replies, Node's codes and ioredis' messages. */
export const redisFailures: readonly FailureKind[] = [
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
    sign: /Protocol error|Unknown RESP type/,
    code: 'wrong-system',
    message: 'what answers there is not Redis',
    next: 'check host and port',
  },
  ...networkFailures,
];

/** The whole broker's error for what a connection or a command failed with. */
export const redisError = (error: unknown): SourceError => failureOf(error, describeError(error), redisFailures);

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
