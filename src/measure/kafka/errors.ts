import type { BrokerConfig } from '../../model/brokerUrl';
import type { BrokerError } from '../../model/sweep';
import { networkFailures } from '../network';
import { failureOf, SourceError } from '../source';
import { DeadlineError } from './calls';
import { speaksHttp } from './greetings';
import type { Node } from './node';
import type { Refusal } from './read';
import { UnsupportedBrokerError } from './read';
import { speaksTls } from '../tls';

type Code = BrokerError['code'];
/** What kind of failure it is, what happened, and what to do. */
type Words = [Code, string, string];
type Entry = Pick<BrokerConfig, 'tls' | 'sasl'>;

/** What to say for an error of Node's sockets and TLS, by its code. */
const byCode: Record<string, Words> = {
  ECONNREFUSED: ['unreachable', 'nothing listens there', 'check host and port, and that the broker is running'],
  ENOTFOUND: ['unreachable', 'the host name is not known', 'check the host name, or the VPN that resolves it'],
  EAI_AGAIN: ['unreachable', 'the host name cannot be resolved now', 'check the network and its name server'],
  EHOSTUNREACH: ['unreachable', 'no way leads to that host', 'check the network, VPN and firewall'],
  ENETUNREACH: ['unreachable', 'no way leads to that network', 'check the network, VPN and firewall'],
  ETIMEDOUT: ['unreachable', 'the host does not answer', 'check the VPN and firewall'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'tls',
    'the certificate is for another name',
    'use a host name that the certificate lists, or set serverName',
  ],
  CERT_HAS_EXPIRED: ['tls', 'the certificate has expired', 'have the broker’s certificate renewed'],
};
const untrusted = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT'];
for (const code of [...untrusted, 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']) {
  byCode[code] = ['tls', 'the certificate is not signed by a trusted authority', 'give its authority: ca=FILE'];
}

/** The most telling refusal in words for the person who has to mend it: one that answered says more than one that did not. */
export async function sourceErrorOf(refusals: readonly Refusal[], config: Entry): Promise<SourceError> {
  const told = await Promise.all(refusals.map((refusal) => explain(refusal, config)));
  const silent: Code[] = ['unreachable', 'timeout'];
  return (
    told.find(({ code }) => !silent.includes(code)) ??
    told[0] ??
    new SourceError('unreachable', 'the address names no broker', 'give it as kafka://host:9092')
  );
}

/** One refusal in words. A connection closed without a word may mean TLS or HTTP: then the port is greeted once in each. */
export async function explain({ node, error }: Refusal, config: Entry): Promise<SourceError> {
  if (error instanceof SourceError) return error;
  const told = facts(error);
  const isClosed = /closed/i.test(told.message) || told.code === 'ECONNRESET';
  const [code, message, next] =
    byCode[told.code] ??
    refusedInWords(error, told, config) ??
    (isClosed ? await closedWithoutWords(node, config) : unforeseen(error, told));
  return new SourceError(code, `${node.host}:${node.port}: ${message}`, next, { cause: error });
}

function refusedInWords(error: unknown, { name, message, type }: Facts, { sasl }: Entry): Words | null {
  if (error instanceof DeadlineError || name === 'KafkaJSRequestTimeoutError' || message === 'Connection timeout') {
    return ['timeout', message, 'check that this is a Kafka port, and the VPN and firewall on the way'];
  }
  if (error instanceof UnsupportedBrokerError) return ['unsupported', message, 'Kafka 1.0 or newer is needed'];
  if (name === 'KafkaJSServerDoesNotSupportApiKey' || type === 'UNSUPPORTED_VERSION') {
    return ['wrong-system', 'this is not a broker’s port', 'a controller listens there? Use a broker’s port'];
  }
  if (type === 'ILLEGAL_SASL_STATE') {
    return ['denied', 'this port asks for no credentials', 'leave user name and password out, or use the SASL port'];
  }
  if (type === 'UNSUPPORTED_SASL_MECHANISM' || message.includes('mechanism is not supported')) {
    return ['denied', `the broker does not offer ${sasl?.mechanism ?? 'this mechanism'}`, 'choose another: sasl=…'];
  }
  if (name === 'KafkaJSSASLAuthenticationError') {
    if (sasl?.password === '') return ['denied', 'the password is empty', 'give the password'];
    return ['denied', 'user name or password refused', 'check both, and the SASL mechanism'];
  }
  if (type.endsWith('AUTHORIZATION_FAILED')) return ['denied', message, 'the user needs Describe on the cluster'];
  if (/before secure TLS connection|wrong version number|packet length too long/.test(message)) {
    return ['tls', 'this port does not speak TLS', 'use kafka:// instead of kafkas://, or the TLS port'];
  }
  return null;
}

async function closedWithoutWords(node: Node, { tls, sasl }: Entry): Promise<Words> {
  if (node.hasAnswered) {
    return ['unreachable', 'the connection was lost', 'if that goes on, see the broker’s log and what lies between'];
  }
  const [isTls, isHttp] = tls ? [false, false] : await Promise.all([speaksTls(node), speaksHttp(node)]);
  if (isTls) return ['tls', 'this port speaks TLS', 'use kafkas:// instead of kafka://'];
  if (isHttp) return ['wrong-system', 'this port speaks HTTP, not Kafka', 'use a broker’s own port, often 9092'];
  return sasl
    ? ['wrong-system', 'it closed the connection at once', 'check that this is a Kafka port']
    : ['denied', 'it closed the connection at once', 'it may want credentials: kafka://user:password@host:port'];
}

function unforeseen(error: unknown, { name, message }: Facts): Words {
  if (name === 'RangeError') return ['wrong-system', 'what it answers is not Kafka', 'check host and port'];
  const failure = failureOf(error, message, networkFailures);
  return [failure.code, failure.message, failure.next];
}

interface Facts {
  name: string;
  message: string;
  code: string;
  type: string;
}

/** kafkajs wraps errors in errors; the innermost that says something counts. */
function facts(error: unknown): Facts {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  if (!(inner instanceof Error)) return { name: '', message: String(inner), code: '', type: '' };
  const { code, type } = inner as Error & { code?: unknown; type?: unknown };
  return {
    name: inner.name,
    message: inner.message,
    code: typeof code === 'string' ? code : '',
    type: typeof type === 'string' ? type : '',
  };
}
